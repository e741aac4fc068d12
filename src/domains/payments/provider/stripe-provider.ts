import Stripe from 'stripe';
import type { StripeSettings } from '../../../platform/payment-settings.ts';
import type { RefundMessage } from './message.rules.ts';
import type { Provider, ProviderPayment, ProviderTransfer, ReportLine } from './provider.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.rules.ts';
import { isMissing, isOverAlready, telling } from './stripe-failures.ts';
import { idOf, paymentMessage, refundMessage } from './stripe-messages.rules.ts';
import { readStripeWebhook } from './stripe-webhook.rules.ts';

const TIMEOUT_MS = 10_000;
/** Safe to repeat: each call carries its idempotency key. */
const RETRIES = 1;
const PAGE = 100;
/** Lines of one day's report, at most: beyond it the day has to be compared by other means. */
const MAX_REPORT_LINES = 50_000;
/** So that a payment that is looked up brings its fee along. */
const WITH_FEE = { expand: ['latest_charge.balance_transaction'] };

/** Stripe by its official client: payment intents, refunds, Connect transfers. */
export const createStripeProvider = (settings: StripeSettings): Provider => {
  const stripe = openStripe(settings);
  return {
    name: 'STRIPE',
    ...payments(stripe),
    ...refunds(stripe),
    ...transfers(stripe),
    submitEvidence: async (disputeRef, evidence) => {
      const text = Object.entries(evidence).map(([name, value]) => `${name}: ${value}`);
      await telling(() =>
        stripe.disputes.update(disputeRef, { evidence: { uncategorized_text: text.join('\n') }, submit: true }),
      );
    },
    report: (day) => telling(() => reportOf(stripe, day)),
    readWebhook: (request) => readStripeWebhook(stripe, settings.webhookSecret, request),
  };
};

const openStripe = ({ secretKey, host, port, protocol }: StripeSettings): Stripe =>
  new Stripe(secretKey, {
    telemetry: false,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: RETRIES,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
  });

const payments = (stripe: Stripe): Pick<Provider, 'createPayment' | 'cancelPayment' | 'findPayment'> => ({
  createPayment: async ({ paymentId, amountMinor, currency }) => {
    const amount = toStripeAmount(amountMinor, currency);
    const draft: Stripe.PaymentIntentCreateParams = {
      amount,
      currency: currency.toLowerCase(),
      metadata: { paymentId },
      automatic_payment_methods: { enabled: true },
    };
    return presented(
      await telling(() => stripe.paymentIntents.create(draft, { idempotencyKey: `payment:${paymentId}` })),
    );
  },
  cancelPayment: async (ref) => {
    try {
      return presented(await telling(() => stripe.paymentIntents.cancel(ref)));
    } catch (error) {
      // It was paid, or cancelled, in the meantime: what it is now is the answer.
      if (!isOverAlready(error)) throw error;
      return presented(await telling(() => stripe.paymentIntents.retrieve(ref, WITH_FEE)));
    }
  },
  findPayment: async (ref) => {
    try {
      return presented(await telling(() => stripe.paymentIntents.retrieve(ref, WITH_FEE)));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
});

const presented = (intent: Stripe.PaymentIntent): ProviderPayment => ({
  message: paymentMessage(intent),
  ...(intent.client_secret ? { clientAction: { kind: 'stripe', clientSecret: intent.client_secret } } : {}),
});

const refunds = (stripe: Stripe): Pick<Provider, 'refund' | 'listRefunds'> => ({
  refund: async ({ refundId, attempt, paymentRef, amountMinor, currency }) => {
    const draft = {
      payment_intent: paymentRef,
      amount: toStripeAmount(amountMinor, currency),
      metadata: { refundId, attempt: String(attempt) },
    };
    const key = { idempotencyKey: `refund:${refundId}:${attempt}` };
    const message = refundMessage(await telling(() => stripe.refunds.create(draft, key)));
    if (!message) throw new Error(`the refund ${refundId} came back without its payment`);
    return message;
  },
  listRefunds: async (paymentRef) => {
    const list = await telling(() =>
      stripe.refunds.list({ payment_intent: paymentRef, limit: PAGE }).autoPagingToArray({ limit: 1_000 }),
    );
    return list.map(refundMessage).filter((message): message is RefundMessage => message !== null);
  },
});

const transfers = (stripe: Stripe): Pick<Provider, 'transfer' | 'findTransfer'> => ({
  transfer: async ({ key, destination, amountMinor, currency }) => {
    const amount = toStripeAmount(amountMinor, currency);
    const draft = { amount, currency: currency.toLowerCase(), destination, transfer_group: key, metadata: { key } };
    return sent(await telling(() => stripe.transfers.create(draft, { idempotencyKey: `transfer:${key}` })));
  },
  findTransfer: async (key) => {
    const { data } = await telling(() => stripe.transfers.list({ transfer_group: key, limit: 1 }));
    return data[0] ? sent(data[0]) : null;
  },
});

/** A transfer to a connected account has arrived as soon as it is made; its reversal brings it back. */
const sent = ({ id, amount, currency, reversed }: Stripe.Transfer): ProviderTransfer => ({
  transferRef: id,
  status: reversed ? 'RETURNED' : 'PAID',
  amountMinor: BigInt(fromStripeAmount(amount, currency)),
  currency: currency.toUpperCase(),
});

/** @throws Error for a day with more lines than can be compared: half a report would show differences there are none of */
const reportOf = async (stripe: Stripe, day: Date): Promise<ReportLine[]> => {
  const gte = Math.floor(day.getTime() / 1_000);
  const query = { created: { gte, lt: gte + 86_400 }, limit: PAGE, expand: ['data.source'] };
  const lines: ReportLine[] = [];
  for await (const moved of stripe.balanceTransactions.list(query)) {
    if (lines.length === MAX_REPORT_LINES) throw new Error(`the report has more than ${MAX_REPORT_LINES} lines`);
    const line = lineOf(moved);
    if (line) lines.push(line);
  }
  return lines;
};

const lineOf = ({ type, source, amount, currency }: Stripe.BalanceTransaction): ReportLine | null => {
  if (typeof source !== 'object' || source === null) return null;
  const moved = { amountMinor: BigInt(fromStripeAmount(amount, currency)), currency: currency.toUpperCase() };
  if (source.object === 'refund') return { kind: 'REFUND', reference: source.id, ...moved };
  if (source.object !== 'charge' || (type !== 'charge' && type !== 'payment')) return null;
  const reference = idOf(source.payment_intent);
  return reference === null ? null : { kind: 'PAYMENT', reference, ...moved };
};
