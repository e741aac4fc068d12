import { z } from 'zod';
import { DisputeReason, PaymentFailureCode } from '../../../generated/prisma/enums.ts';
import { AmountMinor, CurrencyCode } from '../money/contract.ts';

/** Refunds, and disputes, that one payment of the sandbox can have. */
export const MAX_PARTS = 100;

const SandboxRefund = z.object({
  ref: z.string(),
  /** Ours; absent when it was made at the sandbox itself. */
  refundId: z.uuid().optional(),
  amountMinor: AmountMinor,
  at: z.iso.datetime(),
});

const SandboxDispute = z.object({
  ref: z.string(),
  status: z.enum(['OPENED', 'WON', 'LOST']),
  reason: z.enum(DisputeReason),
  amountMinor: AmountMinor,
  evidence: z.record(z.string(), z.string()).optional(),
  at: z.iso.datetime(),
});

/** A payment as the sandbox keeps it: what another provider would have in its own database. */
export const SandboxPayment = z.object({
  ref: z.string(),
  paymentId: z.uuid().optional(),
  amountMinor: AmountMinor,
  currency: CurrencyCode,
  status: z.enum(['OPEN', 'CAPTURED', 'DECLINED', 'CANCELLED']),
  failureCode: z.enum(PaymentFailureCode).optional(),
  feeMinor: AmountMinor.optional(),
  refunds: z.array(SandboxRefund).max(MAX_PARTS),
  disputes: z.array(SandboxDispute).max(MAX_PARTS),
  at: z.iso.datetime(),
});

export type SandboxPayment = z.output<typeof SandboxPayment>;
export type SandboxRefund = z.output<typeof SandboxRefund>;
export type SandboxDispute = z.output<typeof SandboxDispute>;

/** What of the payment can still go back. */
export const leftOf = ({ amountMinor, status, refunds }: SandboxPayment): number =>
  status === 'CAPTURED' ? amountMinor - refunds.reduce((sum, refund) => sum + refund.amountMinor, 0) : 0;
