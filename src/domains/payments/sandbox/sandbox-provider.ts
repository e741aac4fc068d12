import type { Clock } from '../../../platform/clock.ts';
import { sandboxPage, sandboxRef } from '../payment/opening.rules.ts';
import { ProviderRefused, ProviderSilent } from '../provider/failures.rules.ts';
import type { PaymentMessage, RefundMessage } from '../provider/message.rules.ts';
import type { PaymentOrder, RefundOrder } from '../provider/orders.rules.ts';
import type { Provider, ProviderPayment } from '../provider/provider.ts';
import type { Announce } from './deliver-webhook.job.ts';
import { leftOf, type SandboxPayment, type SandboxRefund } from './document.rules.ts';
import { readSandboxWebhook } from './read-webhook.rules.ts';
import type { SandboxStore } from './sandbox.store.ts';
import { captured, named, withPart } from './sandbox.ts';
import { createTransfers } from './transfers.ts';

export interface SandboxDeps {
  store: SandboxStore;
  announce: Announce;
  clock: Clock;
  publicUrl: string;
  secret: string;
}

/** The provider that is built in: it keeps its own books, forgets nothing when we die, and takes no real money. */
export const createSandboxProvider = (deps: SandboxDeps): Provider => {
  const { store, publicUrl, secret } = deps;
  const answer = answering(store);
  return {
    name: 'SANDBOX',
    createPayment: async (order) => answer(presented(await openPayment(deps, order), publicUrl)),
    cancelPayment: async (ref) => {
      const payment = await store.change(ref, (current) =>
        current && current.status !== 'CAPTURED' ? { ...current, status: 'CANCELLED' } : null,
      );
      if (!payment) throw new ProviderRefused('OTHER', `the sandbox knows no payment ${ref}`);
      return answer(presented(payment, publicUrl));
    },
    findPayment: async (ref) => {
      const payment = await store.payment(ref);
      return payment ? presented(payment, publicUrl) : null;
    },
    refund: async (order) => answer(await makeRefund(deps, order)),
    listRefunds: async (ref) => {
      const payment = await store.payment(ref);
      return payment ? payment.refunds.map((refund) => refundMessage(payment, refund)) : [];
    },
    ...createTransfers(deps, answer),
    submitEvidence: async (disputeRef, evidence) => {
      await store.keepFirst('evidence', disputeRef, JSON.stringify(evidence));
    },
    report: async (day) => {
      const date = day.toISOString().slice(0, 10);
      const payments = await Promise.all((await store.touchedOn(date)).map((ref) => store.payment(ref)));
      return payments.flatMap((payment) => (payment ? movedOn(payment, date) : []));
    },
    readWebhook: (request) => readSandboxWebhook(secret, request),
  };
};

/** Of some calls the answer gets lost after they took effect, if the switches say so. */
const answering = (store: SandboxStore) => {
  return async <T>(value: T): Promise<T> => {
    const { silentPercent } = await store.switches();
    if (Math.random() * 100 < silentPercent) throw new ProviderSilent('the sandbox keeps silent, as it was told to');
    return value;
  };
};

export type Answering = ReturnType<typeof answering>;

const openPayment = async (
  { store, clock }: SandboxDeps,
  { paymentId, amountMinor, currency }: PaymentOrder,
): Promise<SandboxPayment> => {
  const ref = sandboxRef(paymentId);
  const fresh: SandboxPayment = {
    ref,
    paymentId,
    amountMinor: Number(amountMinor),
    currency,
    status: 'OPEN',
    refunds: [],
    disputes: [],
    at: clock.now().toISOString(),
  };
  return (await store.change(ref, (current) => (current ? null : fresh))) ?? fresh;
};

const makeRefund = async (deps: SandboxDeps, order: RefundOrder): Promise<RefundMessage> => {
  const { store, clock, announce } = deps;
  const at = clock.now().toISOString();
  const refund: SandboxRefund = {
    ref: `sbxr_${order.refundId.replaceAll('-', '')}_${order.attempt}`,
    refundId: order.refundId,
    amountMinor: Number(order.amountMinor),
    at,
  };
  await store.touch(at.slice(0, 10), order.paymentRef);
  const payment = await store.change(order.paymentRef, (current) =>
    refunded(current ?? unheardOf(order, at), refund, at),
  );
  if (!payment?.refunds.some(({ ref }) => ref === refund.ref)) {
    throw new ProviderRefused('OTHER', `the sandbox has less than ${order.amountMinor} left of ${order.paymentRef}`);
  }
  const message = refundMessage(payment, refund);
  await announce('refund.settled', {
    providerRef: payment.ref,
    amountMinor: refund.amountMinor,
    currency: payment.currency,
    refundRef: refund.ref,
    refundId: order.refundId,
  });
  // Its own word for it comes by webhook: an answer to a call only says that the order was taken.
  return { ...message, status: 'SUBMITTED' };
};

/** A program with the sandbox's secret may have told us of a payment before the sandbox was ever asked for it. */
const unheardOf = ({ paymentRef, capturedMinor, currency }: RefundOrder, at: string): SandboxPayment => ({
  ref: paymentRef,
  amountMinor: Number(capturedMinor),
  currency,
  status: 'CAPTURED',
  refunds: [],
  disputes: [],
  at,
});

const refunded = (current: SandboxPayment, refund: SandboxRefund, at: string): SandboxPayment | null => {
  if (current.refunds.some(({ ref }) => ref === refund.ref)) return null;
  const paid = current.status === 'CAPTURED' ? current : captured(current, { feeBasisPoints: 0, at });
  return leftOf(paid) < refund.amountMinor ? null : withPart(paid, 'refunds', refund);
};

const STATUS: Record<SandboxPayment['status'], PaymentMessage['status']> = {
  OPEN: 'REQUIRES_ACTION',
  DECLINED: 'FAILED',
  CANCELLED: 'FAILED',
  CAPTURED: 'COMPLETED',
};

const presented = (payment: SandboxPayment, publicUrl: string): ProviderPayment => {
  const { providerRef: paymentRef, ...amount } = named(payment);
  const status = STATUS[payment.status];
  const failureCode = payment.status === 'CANCELLED' ? 'TIMEOUT' : (payment.failureCode ?? 'DECLINED');
  return {
    message: {
      about: 'payment',
      paymentRef,
      ...amount,
      status,
      ...(status === 'FAILED' ? { failureCode } : {}),
      ...(status === 'COMPLETED' ? { feeMinor: payment.feeMinor ?? 0 } : {}),
    },
    ...(status === 'REQUIRES_ACTION'
      ? { clientAction: { kind: 'redirect', url: sandboxPage(publicUrl, payment.ref) } }
      : {}),
  };
};

const refundMessage = ({ ref, currency }: SandboxPayment, refund: SandboxRefund): RefundMessage => ({
  about: 'refund',
  paymentRef: ref,
  refundRef: refund.ref,
  ...(refund.refundId === undefined ? {} : { refundId: refund.refundId }),
  status: 'SETTLED',
  amountMinor: refund.amountMinor,
  currency,
});

const movedOn = (payment: SandboxPayment, date: string) => [
  ...(payment.status === 'CAPTURED' && payment.at.startsWith(date)
    ? [
        {
          kind: 'PAYMENT' as const,
          reference: payment.ref,
          amountMinor: BigInt(payment.amountMinor),
          currency: payment.currency,
        },
      ]
    : []),
  ...payment.refunds
    .filter(({ at }) => at.startsWith(date))
    .map(({ ref, amountMinor }) => ({
      kind: 'REFUND' as const,
      reference: ref,
      amountMinor: -BigInt(amountMinor),
      currency: payment.currency,
    })),
];
