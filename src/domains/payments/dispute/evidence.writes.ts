import type { Transaction } from '../../../platform/db/client.ts';

/** Keeps the evidence of a dispute that has none. @returns false when it is over, or has some */
export const keepEvidence = async (
  tx: Transaction,
  id: string,
  evidence: Readonly<Record<string, string>>,
): Promise<boolean> => {
  const { count } = await tx.dispute.updateMany({
    where: { id, status: 'OPENED' },
    data: { status: 'EVIDENCE_SUBMITTED', evidence: { ...evidence } },
  });
  return count === 1;
};
