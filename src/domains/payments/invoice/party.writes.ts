import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import type { KeptParty, PartyPlace } from './party.rules.ts';

/** A party as an invoice keeps them, encrypted with their own key; null for who was erased. */
export const sealParty = async (
  tx: Transaction,
  keys: Pick<SubjectKeys, 'encryptFor'>,
  { userId, place, party }: { userId: string; place: PartyPlace; party: KeptParty | null },
): Promise<string | null> => {
  if (party === null) return null;
  try {
    return await keys.encryptFor(tx, userId, place, JSON.stringify(party));
  } catch (error) {
    if (error instanceof AppError && error.code === 'GONE') return null;
    throw error;
  }
};
