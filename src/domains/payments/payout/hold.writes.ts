import type { PayoutHoldReason } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { payoutLocked } from '../facts.ts';

/** Keeps a payout that has not been submitted from leaving. @returns false when it was submitted before */
export const holdPayout = async (
  tx: Transaction,
  { id, reason, message, now }: { id: string; reason: PayoutHoldReason; message: string | null; now: Date },
): Promise<boolean> => {
  const { count } = await tx.payout.updateMany({
    where: { id, status: { in: ['DRAFT', 'LOCKED'] } },
    data: { status: 'ON_HOLD', holdReason: reason, failureMessage: message, updatedAt: now },
  });
  return count === 1;
};

/** Lets a payout on hold leave: what keeps it is asked once more when it is submitted. @returns false when it is not */
export const resumePayout = async (
  { tx, record }: { tx: Transaction; record: RecordFact },
  id: string,
  now: Date,
): Promise<boolean> => {
  const { count } = await tx.payout.updateMany({
    where: { id, status: 'ON_HOLD' },
    data: { status: 'LOCKED', holdReason: null, failureMessage: null, updatedAt: now },
  });
  if (count === 1) await record(payoutLocked, { payoutId: id });
  return count === 1;
};
