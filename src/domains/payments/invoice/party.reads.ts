import type { Transaction } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { publicNames } from '../../identity/api.ts';
import { billingOf } from '../billing/billing.reads.ts';
import { KeptDetails } from '../billing/details.rules.ts';
import { type KeptParty, PLATFORM, partyCalled } from './party.rules.ts';

/** Somebody as they stand on invoices now; null for who was erased. */
export const partyOf = async (
  tx: Transaction,
  keys: Pick<SubjectKeys, 'decryptFor'>,
  userId: string,
): Promise<KeptParty | null> => {
  const person = (await publicNames(tx, [userId])).get(userId);
  if (person === undefined) return null;
  return partyCalled(`${person.firstName} ${person.lastName}`.trim(), await billingOf(tx, keys, userId));
};

/** The platform as it stands on what it sells: the setting `invoices.seller`, in the shape of anybody's billing details. */
export const platformParty = async (reader: Pick<Transaction, 'systemSetting'>): Promise<KeptParty> => {
  const row = await reader.systemSetting.findUnique({ where: { key: 'invoices.seller' }, select: { value: true } });
  return partyCalled(PLATFORM, KeptDetails.safeParse(row?.value).data ?? null);
};
