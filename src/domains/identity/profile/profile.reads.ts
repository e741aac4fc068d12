import type { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';
import { PICTURE, type PictureRow, type Showing, showPicture } from '../../media/api.ts';
import { notBlockedFor } from '../block/block.reads.ts';
import type { ProfilePage, PublicProfile } from './contract.ts';
import { visibleAccount } from './visible.reads.ts';

type Reader = Pick<Transaction, 'user'>;
type Shown = z.infer<typeof PublicProfile>;

const NAMES = { firstName: true, lastName: true } as const;
const PICTURES = { avatarAsset: { select: PICTURE }, coverAsset: { select: PICTURE } } as const;
const PROFILE = { ...NAMES, bio: true, ...PICTURES } as const;
const PUBLIC = { id: true, username: true, isVerified: true, profile: { select: PROFILE } } as const;

const ACCOUNT = { id: true, email: true, username: true, role: true, emailVerified: true, isVerified: true } as const;

/** A person's own account with its profile, or null; the phone number is encrypted. */
export const findOwnAccount = async (reader: Reader, userId: string) => {
  const row = await reader.user.findFirst({
    where: { id: userId, deletedAt: null },
    select: {
      ...ACCOUNT,
      phone: true,
      timeZone: true,
      createdAt: true,
      profile: { select: { ...PROFILE, profileCompletionPercentage: true, isNamedInForwards: true } },
    },
    relationLoadStrategy: 'join',
  });
  if (!row?.profile) return null;
  const { profileCompletionPercentage: completionPercentage, ...profile } = row.profile;
  return { ...row, profile: { ...profile, completionPercentage } };
};

/** The public profiles of those of the ids that exist, in the order of the ids. Closed accounts keep their name. */
export const profilesById = async (reader: Reader, userIds: readonly string[], showing: Showing): Promise<Shown[]> => {
  const rows = await reader.user.findMany({
    where: { id: { in: [...userIds] }, deletedAt: null },
    select: PUBLIC,
    relationLoadStrategy: 'join',
  });
  const found = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(userIds)].flatMap((id) => present(found.get(id), showing));
};

interface Search {
  /** The beginning of a username, in lower case. */
  prefix: string;
  /** The last username of the page before. */
  after: string | undefined;
  /** The person who searches. People whom they blocked, and who blocked them, are left out. */
  viewerId: string;
  limit: number;
}

/** Public profiles of people with an open account whose username begins with the prefix, in the order of usernames. */
export const profilesByUsername = async (
  reader: Reader,
  { prefix, after, viewerId, limit }: Search,
  showing: Showing,
): Promise<Shown[]> => {
  const username = { startsWith: literally(prefix), ...(after === undefined ? {} : { gt: after }) };
  const rows = await reader.user.findMany({
    where: { username, status: 'ACTIVE', deletedAt: null, isTest: false, ...notBlockedFor(viewerId) },
    orderBy: { username: 'asc' },
    take: limit,
    select: PUBLIC,
    relationLoadStrategy: 'join',
  });
  return rows.flatMap((row) => present(row, showing));
};

/** Prisma hands `startsWith` to LIKE as it is, where "_" stands for any character. */
const literally = (prefix: string): string => prefix.replaceAll(/[\\%_]/g, '\\$&');

/** A profile's own fields as they are stored. */
export interface ProfileRow {
  firstName: string;
  lastName: string;
  bio: string | null;
  avatarAsset: PictureRow | null;
  coverAsset: PictureRow | null;
}

type Row = Pick<Shown, 'id' | 'username' | 'isVerified'> & { profile: ProfileRow | null };

const present = (row: Row | undefined, showing: Showing): Shown[] => {
  if (!row?.profile) return [];
  const { id, username, isVerified, profile } = row;
  return [{ id, username, isVerified, ...presentProfile(profile, showing) }];
};

/** A profile with the addresses of its pictures. An avatar is shown small, so its smallest size will do. */
export const presentProfile = <Row extends ProfileRow>(
  { avatarAsset, coverAsset, ...profile }: Row,
  showing: Showing,
) => ({
  ...profile,
  avatarUrl: showPicture(avatarAsset, showing)?.sources[0]?.url ?? null,
  cover: showPicture(coverAsset, showing),
});

/** The page of the open account with this username, which is in small letters; null without one. */
export const findPage = async (reader: Reader, username: string) => {
  const row = await reader.user.findFirst({
    where: { username, status: 'ACTIVE', ...visibleAccount.where },
    select: { ...PUBLIC, profile: { select: { ...PROFILE, headline: true, visibility: true } } },
    relationLoadStrategy: 'join',
  });
  if (!row?.profile) return null;
  const { profile, ...account } = row;
  const { visibility, ...shown } = profile;
  return { ...account, visibility, profile: shown };
};

type Page = NonNullable<Awaited<ReturnType<typeof findPage>>>;

/** The page as others see it. */
export const showPage = (
  { id, username, isVerified, profile }: Page,
  showing: Showing,
): z.infer<typeof ProfilePage> => ({
  ...{ id, username, isVerified },
  ...presentProfile(profile, showing),
  avatar: showPicture(profile.avatarAsset, showing),
});

/** Whether somebody lets what they said be forwarded with their name; false for who is not there. */
export const allowsNameInForwards = async (reader: Pick<Transaction, 'profile'>, userId: string): Promise<boolean> => {
  const row = await reader.profile.findUnique({ where: { userId }, select: { isNamedInForwards: true } });
  return row?.isNamedInForwards ?? false;
};

/** What people are called, by id. */
export const namesById = async (reader: Reader, userIds: readonly string[]) => {
  const rows = await reader.user.findMany({
    where: { id: { in: [...userIds] }, deletedAt: null },
    select: { id: true, profile: { select: NAMES } },
    relationLoadStrategy: 'join',
  });
  return new Map(rows.flatMap(({ id, profile }) => (profile ? [[id, profile] as const] : [])));
};
