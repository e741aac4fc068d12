import type { Transaction } from '../../../platform/db/client.ts';
import { findPayout, type PayoutRow } from './payout.reads.ts';

/** The payout, its row locked until the transaction ends: whatever moves it does so one after the other. */
export const lockPayout = async (tx: Transaction, id: string): Promise<PayoutRow | null> => {
  await tx.$queryRaw`SELECT id FROM payouts WHERE id = ${id}::uuid FOR UPDATE`;
  return findPayout(tx, id);
};
