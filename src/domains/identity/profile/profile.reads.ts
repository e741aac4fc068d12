import type { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';
import type { PublicProfile } from './contract.ts';

type Reader = Pick<Transaction, 'user'>;
type Shown = z.infer<typeof PublicProfile>;

const PROFILE = { firstName: true, lastName: true, bio: true, avatarUrl: true } as const;
const PUBLIC = { id: true, username: true, isVerified: true, profile: { select: PROFILE } } as const;

const ACCOUNT = { id: true, email: true, username: true, role: true, emailVerified: true, isVerified: true } as const;

/** A person's own account with its profile, or null; the phone number is encrypted. */
export const findOwnAccount = async (reader: Reader, userId: string) => {
  const row = await reader.user.findFirst({
    where: { id: userId, deletedAt: null },
    select: {
      ...ACCOUNT,
      phone: true,
      createdAt: true,
      profile: { select: { ...PROFILE, profileCompletionPercentage: true } },
    },
    relationLoadStrategy: 'join',
  });
  if (!row?.profile) return null;
  const { profileCompletionPercentage: completionPercentage, ...profile } = row.profile;
  return { ...row, profile: { ...profile, completionPercentage } };
};

/** The public profiles of those of the ids that exist, in the order of the ids. Closed accounts keep their name. */
export const profilesById = async (reader: Reader, userIds: readonly string[]): Promise<Shown[]> => {
  const rows = await reader.user.findMany({
    where: { id: { in: [...userIds] }, deletedAt: null },
    select: PUBLIC,
    relationLoadStrategy: 'join',
  });
  const found = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(userIds)].flatMap((id) => present(found.get(id)));
};

interface Search {
  /** The beginning of a username, in lower case. */
  prefix: string;
  /** The last username of the page before. */
  after: string | undefined;
  limit: number;
}

/** Public profiles of open accounts whose username begins with the prefix, in the order of usernames. */
export const profilesByUsername = async (reader: Reader, { prefix, after, limit }: Search): Promise<Shown[]> => {
  const username = { startsWith: literally(prefix), ...(after === undefined ? {} : { gt: after }) };
  const rows = await reader.user.findMany({
    where: { username, status: 'ACTIVE', deletedAt: null },
    orderBy: { username: 'asc' },
    take: limit,
    select: PUBLIC,
    relationLoadStrategy: 'join',
  });
  return rows.flatMap(present);
};

/** Prisma hands `startsWith` to LIKE as it is, where "_" stands for any character. */
const literally = (prefix: string): string => prefix.replaceAll(/[\\%_]/g, '\\$&');

type Row = Omit<Shown, keyof typeof PROFILE> & { profile: Pick<Shown, keyof typeof PROFILE> | null };

const present = (row: Row | undefined): Shown[] => {
  if (!row?.profile) return [];
  const { id, username, isVerified, profile } = row;
  return [{ id, username, isVerified, ...profile }];
};
