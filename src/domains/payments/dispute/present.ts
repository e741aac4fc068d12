import { wireMoney } from '../money/wire.rules.ts';
import type { DisputeRow } from './dispute.reads.ts';

/** A dispute as the host sees it. */
export const presentDispute = (row: DisputeRow) => ({
  id: row.id,
  paymentId: row.paymentId,
  status: row.status,
  reason: row.reason,
  amount: wireMoney(row.amount, row.currency),
  evidenceDueAt: row.evidenceDueAt?.toISOString() ?? null,
  hasEvidence: row.evidence !== null,
  openedAt: row.openedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
});
