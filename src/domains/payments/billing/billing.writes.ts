import type { Transaction } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { billingPlace } from './billing.reads.ts';
import type { KeptDetails } from './details.rules.ts';

/** Keeps somebody's billing details, encrypted with their own key. @throws GONE when they were erased */
export const keepBilling = async (
  tx: Transaction,
  keys: Pick<SubjectKeys, 'encryptFor'>,
  { userId, billing, now }: { userId: string; billing: KeptDetails; now: Date },
): Promise<void> => {
  const details = await keys.encryptFor(tx, userId, billingPlace(userId), JSON.stringify(billing));
  const row = { details, updatedAt: now };
  await tx.billingDetails.upsert({ where: { userId }, create: { userId, ...row }, update: row });
};

/** Forgets somebody's billing details. */
export const dropBilling = async (tx: Transaction, userId: string): Promise<void> => {
  await tx.billingDetails.deleteMany({ where: { userId } });
};
