import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'user'>;

/** The account that signs in with this email, or null. */
export const findAccount = (reader: Reader, email: string) =>
  reader.user.findUnique({
    where: { email },
    select: { id: true, username: true, role: true, status: true, password: true },
  });

/** The names that accounts are told apart by. */
export const UNIQUE_NAMES = ['email', 'username'] as const;
export type UniqueName = (typeof UNIQUE_NAMES)[number];

/** Which of the wanted names somebody has already. */
export const takenNames = async (reader: Reader, wanted: Record<UniqueName, string>): Promise<UniqueName[]> => {
  const { email, username } = wanted;
  const holders = await reader.user.findMany({
    where: { OR: [{ email }, { username }] },
    select: { email: true, username: true },
  });
  return UNIQUE_NAMES.filter((name) => holders.some((holder) => holder[name] === wanted[name]));
};

/** Those of the ids that belong to open accounts. */
export const activeUsersAmong = async (reader: Reader, userIds: readonly string[]): Promise<Set<string>> => {
  const rows = await reader.user.findMany({
    where: { id: { in: [...userIds] }, status: 'ACTIVE', deletedAt: null },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
};

/** The open accounts with these usernames, which are in small letters. */
export const activeIdsByUsername = async (reader: Reader, usernames: readonly string[]): Promise<string[]> => {
  const rows = await reader.user.findMany({
    where: { username: { in: [...usernames] }, status: 'ACTIVE', deletedAt: null },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};

/** Those of the ids that belong to an account, closed ones included. */
export const accountsAmong = async (reader: Reader, userIds: readonly string[]): Promise<Set<string>> => {
  const rows = await reader.user.findMany({ where: { id: { in: [...userIds] } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
};

/**
 * Where mail for open accounts goes, null while the address is not proved to be theirs: it gets nothing but its
 * verification. With it the zone their hours are counted in. Test accounts are absent: nothing is sent to them by any way.
 */
export const mailAddressesOf = async (reader: Reader, userIds: readonly string[]) => {
  const rows = await reader.user.findMany({
    where: { id: { in: [...userIds] }, status: 'ACTIVE', deletedAt: null, isTest: false },
    select: { id: true, email: true, emailVerified: true, timeZone: true },
  });
  return new Map(
    rows.map(({ id, email, emailVerified, timeZone }) => [id, { email: emailVerified ? email : null, timeZone }]),
  );
};
