import type { Transaction } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';

/** The number in the clear; null when there is none, or it was erased. */
export const openPhone = async (
  keys: Pick<SubjectKeys, 'decryptFor'>,
  reader: Pick<Transaction, '$queryRaw'>,
  { id, phone }: { id: string; phone: string | null },
): Promise<string | null> => (phone === null ? null : keys.decryptFor(reader, id, phonePlace(id), phone));

/** Whose account has the number; null for nobody's. */
export const ownerOfPhone = async (
  keys: Pick<SubjectKeys, 'blindIndexes'>,
  reader: Pick<Transaction, 'user'>,
  phone: string,
): Promise<string | null> => {
  const phoneHash = { in: keys.blindIndexes('users.phone_hash', phone) };
  return (await reader.user.findFirst({ where: { phoneHash }, select: { id: true } }))?.id ?? null;
};

/** Where a person's number is encrypted. */
export const phonePlace = (userId: string) => ({ table: 'users', column: 'phone', rowId: userId });
