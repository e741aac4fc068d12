import type { UserStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { NOBODYS_HASH } from '../account/password.ts';
import { emptiedNames } from './names.rules.ts';
import { EMPTIED, KEPT } from './references.rules.ts';

/** The test accounts that were made first, kept from every other change until the transaction ends. */
export const takeTestAccounts = (tx: Transaction, limit: number): Promise<{ id: string; status: UserStatus }[]> =>
  tx.$queryRaw`
    SELECT id, status FROM users WHERE is_test AND erased_at IS NULL ORDER BY id LIMIT ${limit} FOR UPDATE`;

/** Closes accounts: nobody signs in to them or renews a session of theirs any more. */
export const closeAccounts = async (tx: Transaction, userIds: readonly string[], now: Date): Promise<void> => {
  const data = { status: 'DEACTIVATED', deletedAt: now, updatedAt: now } as const;
  await tx.user.updateMany({ where: { id: { in: [...userIds] } }, data });
};

/** Deletes the rows that go with these accounts. */
export const emptyAccounts = async (tx: Transaction, userIds: readonly string[]): Promise<void> => {
  for (const { table, column } of EMPTIED) {
    await tx.$executeRawUnsafe(`DELETE FROM ${table} WHERE ${column} = ANY($1::uuid[])`, [...userIds]);
  }
};

const IS_KEPT = KEPT.flatMap(({ references }) => references)
  .map(({ table, column }) => `EXISTS (SELECT FROM ${table} WHERE ${column} = account.id)`)
  .join(' OR ');

/** Those of the accounts that rows stand on which stay. */
export const keptAmong = async (tx: Transaction, userIds: readonly string[]): Promise<string[]> => {
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
    `SELECT account.id FROM unnest($1::uuid[]) AS account (id) WHERE ${IS_KEPT}`,
    [...userIds],
  );
  return rows.map(({ id }) => id);
};

/** Deletes accounts that nothing stands on. What the audit says of them can no longer be read; that it was said stays. */
export const deleteAccounts = async (tx: Transaction, userIds: readonly string[]): Promise<void> => {
  const gone = [...userIds];
  await tx.subjectKey.deleteMany({ where: { userId: { in: gone } } });
  await tx.user.deleteMany({ where: { id: { in: gone }, isTest: true } });
};

/** Leaves an account's row without anything of it: no name, no password, no key that would open what was encrypted. */
export const eraseAccount = async (
  tx: Transaction,
  userId: string,
  { subjectKeys, now }: { subjectKeys: Pick<SubjectKeys, 'eraseSubject'>; now: Date },
): Promise<void> => {
  await subjectKeys.eraseSubject(tx, userId);
  const names = { ...emptiedNames(userId), password: NOBODYS_HASH, phone: null };
  const data = { ...names, status: 'DELETED', erasedAt: now, updatedAt: now } as const;
  await tx.user.update({ where: { id: userId }, data, select: { id: true } });
  const profile = { firstName: 'Removed', lastName: '', bio: null, headline: null, dateOfBirth: null, city: null };
  const more = { country: null, latitude: null, longitude: null, website: null, languages: [], gender: null };
  await tx.profile.updateMany({ where: { userId }, data: { ...profile, ...more, updatedAt: now } });
};
