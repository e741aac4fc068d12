import { wireMinor } from '../money/wire.rules.ts';
import type { BreakRow } from './break.reads.ts';

/** A difference as staff see it. */
export const presentBreak = (row: BreakRow) => ({
  id: row.id,
  provider: row.provider,
  kind: row.kind,
  status: row.status,
  reference: row.reference,
  paymentId: row.paymentId,
  expectedMinor: row.expectedAmount === null ? null : wireMinor(row.expectedAmount),
  reportedMinor: row.reportedAmount === null ? null : wireMinor(row.reportedAmount),
  currency: row.currency,
  note: row.note,
  day: row.reportDate.toISOString().slice(0, 10),
  journalId: row.journalId,
  createdAt: row.createdAt.toISOString(),
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
});
