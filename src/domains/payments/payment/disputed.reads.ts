import type { Transaction } from '../../../platform/db/client.ts';

/** What of a payment its payers' banks have asked for and not decided about; minor units. */
export const openDisputesOf = async (reader: Pick<Transaction, 'dispute'>, paymentId: string): Promise<bigint> => {
  const { _sum: sum } = await reader.dispute.aggregate({
    where: { paymentId, status: { in: ['OPENED', 'EVIDENCE_SUBMITTED'] } },
    _sum: { amount: true },
  });
  return sum.amount ?? 0n;
};
