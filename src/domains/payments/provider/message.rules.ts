import { z } from 'zod';
import { DisputeReason, PaymentFailureCode } from '../../../generated/prisma/enums.ts';
import { AmountMinor, CurrencyCode } from '../money/contract.ts';

/** How a provider calls what it reports of; ours, where it gives back the metadata we sent. */
const Amount = { amountMinor: AmountMinor.min(0), currency: CurrencyCode };

/** An attempt to pay moved. Several may say the same, in any order. */
const PaymentMessage = z.object({
  about: z.literal('payment'),
  paymentRef: z.string(),
  /** Our own id, from the metadata. */
  paymentId: z.uuid().optional(),
  status: z.enum(['REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED', 'COMPLETED', 'FAILED']),
  ...Amount,
  failureCode: z.enum(PaymentFailureCode).optional(),
  /** What the provider keeps for itself, when it is known already. */
  feeMinor: AmountMinor.min(0).optional(),
});

/** Money on its way back. `refundRef` is absent where the provider names the payment alone. */
const RefundMessage = z.object({
  about: z.literal('refund'),
  paymentRef: z.string(),
  refundRef: z.string().optional(),
  refundId: z.uuid().optional(),
  status: z.enum(['SUBMITTED', 'SETTLED', 'FAILED']),
  ...Amount,
  failure: z.string().max(500).optional(),
});

const DisputeMessage = z.object({
  about: z.literal('dispute'),
  paymentRef: z.string(),
  disputeRef: z.string(),
  status: z.enum(['OPENED', 'WON', 'LOST', 'WITHDRAWN']),
  reason: z.enum(DisputeReason),
  ...Amount,
  evidenceDueAt: z.iso.datetime().optional(),
});

/** Money on its way to a host. */
const TransferMessage = z.object({
  about: z.literal('transfer'),
  /** `{payoutId}:{attempt}`, as we gave it. */
  key: z.string(),
  transferRef: z.string(),
  status: z.enum(['IN_TRANSIT', 'PAID', 'RETURNED', 'FAILED']),
  ...Amount,
});

/** Authentic, and of no concern to us. */
const OtherMessage = z.object({ about: z.literal('other') });

/** What a provider told us, in our words; the same whether it came by webhook, as an answer, or when we asked later. */
export const ProviderMessage = z.discriminatedUnion('about', [
  PaymentMessage,
  RefundMessage,
  DisputeMessage,
  TransferMessage,
  OtherMessage,
]);

export type ProviderMessage = z.output<typeof ProviderMessage>;
export type PaymentMessage = z.output<typeof PaymentMessage>;
export type RefundMessage = z.output<typeof RefundMessage>;
export type DisputeMessage = z.output<typeof DisputeMessage>;
export type TransferMessage = z.output<typeof TransferMessage>;

/** A message that came by itself, with the id under which it counts once. */
export interface Webhook {
  id: string;
  /** The provider's word for it. */
  type: string;
  message: ProviderMessage;
}
