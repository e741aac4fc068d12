import { z } from 'zod';
import { DisputeReason, PaymentFailureCode } from '../../../generated/prisma/enums.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { text, words } from '../../../kernel/texts.ts';
import { AmountMinor, ChargeMinor, CurrencyCode } from '../money/contract.ts';
import type { ProviderMessage, Webhook } from '../provider/message.rules.ts';
import type { WebhookRequest } from '../provider/provider.ts';
import { checkSignature } from './signature.rules.ts';

const Name = words(200);

/** The body of the sandbox's webhooks. Only the first three fields of `data` have to be there. */
export const Body = z.object({
  type: words(100),
  timestamp: z.string().optional(),
  data: z.object({
    /** What the sandbox calls the payment; for a refund also what it calls the refund. */
    providerRef: Name,
    amountMinor: AmountMinor.min(0),
    currency: CurrencyCode,
    paymentId: z.uuid().optional(),
    failureCode: z.enum(PaymentFailureCode).optional(),
    feeMinor: ChargeMinor.optional(),
    refundRef: Name.optional(),
    refundId: z.uuid().optional(),
    disputeRef: Name.optional(),
    reason: z.enum(DisputeReason).optional(),
    failure: text(500).optional(),
    /** For money sent to a host: the key we gave. `providerRef` is then what the sandbox calls the transfer. */
    transferKey: Name.optional(),
  }),
});

type Data = z.output<typeof Body>['data'];

/** Checks and reads a webhook of the sandbox. @throws UNAUTHENTICATED, INVALID_INPUT */
export const readSandboxWebhook = (secret: string, { headers, body, now }: WebhookRequest): Webhook => {
  const { id } = checkSignature(secret, headers, { body, now });
  const parsed = Body.safeParse(parseJson(body));
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: `body.${path.join('.')}`, message }));
    throw new AppError('INVALID_INPUT', `${issues[0]?.path}: ${issues[0]?.message}`, { issues });
  }
  const { type, data } = parsed.data;
  return { id, type, message: READERS.get(type)?.(data) ?? { about: 'other' } };
};

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw invalidField('body', 'is not valid JSON');
  }
};

type PaymentStatus = Extract<ProviderMessage, { about: 'payment' }>['status'];
type RefundStatus = Extract<ProviderMessage, { about: 'refund' }>['status'];
type TransferStatus = Extract<ProviderMessage, { about: 'transfer' }>['status'];
type DisputeStatus = Extract<ProviderMessage, { about: 'dispute' }>['status'];

const payment =
  (status: PaymentStatus) =>
  (data: Data): ProviderMessage => ({
    about: 'payment',
    paymentRef: data.providerRef,
    status,
    amountMinor: data.amountMinor,
    currency: data.currency,
    ...(status === 'FAILED' ? { failureCode: data.failureCode ?? 'DECLINED' } : {}),
    ...(data.paymentId === undefined ? {} : { paymentId: data.paymentId }),
    ...(data.feeMinor === undefined ? {} : { feeMinor: data.feeMinor }),
  });

const refund =
  (status: RefundStatus) =>
  (data: Data): ProviderMessage => ({
    about: 'refund',
    paymentRef: data.providerRef,
    status,
    amountMinor: data.amountMinor,
    currency: data.currency,
    ...(data.refundRef === undefined ? {} : { refundRef: data.refundRef }),
    ...(data.refundId === undefined ? {} : { refundId: data.refundId }),
    ...(data.failure === undefined ? {} : { failure: data.failure }),
  });

const dispute =
  (status: DisputeStatus) =>
  (data: Data): ProviderMessage => ({
    about: 'dispute',
    paymentRef: data.providerRef,
    // A payment has one dispute unless the sandbox says which.
    disputeRef: data.disputeRef ?? `dispute of ${data.providerRef}`,
    status,
    amountMinor: data.amountMinor,
    currency: data.currency,
    reason: data.reason ?? 'OTHER',
  });

const transfer =
  (status: TransferStatus) =>
  (data: Data): ProviderMessage => ({
    about: 'transfer',
    // Its own name for a transfer is made from the key.
    key: data.transferKey ?? data.providerRef.replace(/^sbxt_/, ''),
    transferRef: data.providerRef,
    status,
    amountMinor: data.amountMinor,
    currency: data.currency,
  });

/** A map: what a type names is looked up among these alone, never among what every object has. */
const READERS: ReadonlyMap<string, (data: Data) => ProviderMessage> = new Map(
  Object.entries({
    'payment.requires_action': payment('REQUIRES_ACTION'),
    'payment.processing': payment('PROCESSING'),
    'payment.authorized': payment('AUTHORIZED'),
    'payment.captured': payment('COMPLETED'),
    'payment.failed': payment('FAILED'),
    'refund.submitted': refund('SUBMITTED'),
    'refund.settled': refund('SETTLED'),
    'refund.failed': refund('FAILED'),
    'dispute.opened': dispute('OPENED'),
    'dispute.won': dispute('WON'),
    'dispute.lost': dispute('LOST'),
    'dispute.withdrawn': dispute('WITHDRAWN'),
    'payout.in_transit': transfer('IN_TRANSIT'),
    'payout.paid': transfer('PAID'),
    'payout.returned': transfer('RETURNED'),
    'payout.failed': transfer('FAILED'),
  }),
);
