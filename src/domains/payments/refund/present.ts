import type { z } from 'zod';
import { wireMoney } from '../money/wire.rules.ts';
import type { Refund } from './contract.ts';
import type { RefundRow } from './refund.reads.ts';

export type RefundView = z.output<typeof Refund>;

/** A refund as its payer and the host see it. */
export const presentRefund = (row: RefundRow): RefundView => ({
  id: row.id,
  paymentId: row.paymentId,
  bookingId: row.bookingId,
  participantId: row.participantId,
  status: row.status,
  amount: wireMoney(row.amount, row.currency),
  reason: row.reason,
  initiator: row.initiator,
  providerRef: row.providerRefundId,
  byHand: row.byHand,
  reference: row.reference,
  failure: row.failureMessage,
  submittedAt: row.submittedAt?.toISOString() ?? null,
  settledAt: row.settledAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});
