import type { z } from 'zod';
import type { Transaction } from '../../platform/db/client.ts';
import type { Showing } from '../media/api.ts';
import { activeIdsByUsername, activeUsersAmong, mailAddressesOf } from './account/account.reads.ts';
import { type Pair, strangersIn as strangersInPairs } from './acquaintance/acquaintance.reads.ts';
import {
  blockedAmong as blockedAmongOthers,
  hasBlocked as hasBlockedOther,
  isKeptAway as isKeptAwayFrom,
} from './block/block.reads.ts';
import type { PublicProfile } from './profile/contract.ts';
import { findPresenceSettings, type PresenceSettings } from './profile/presence.reads.ts';
import { allowsNameInForwards, namesById, profilesById } from './profile/profile.reads.ts';
import {
  isBlockedFor as isAccountBlockedFor,
  isOpenTo as isAccountOpenTo,
  nameOfAccount as nameOfAccountOf,
} from './profile/visible.reads.ts';

/** What is asked: the database, or the transaction of the caller's own change. */
type Reader = Pick<Transaction, 'user'>;

/**
 * Those of the ids that belong to open accounts which the person may reach: a block by either of the two is answered as an
 * account that is not there.
 */
export const reachableUsers = async (
  reader: Pick<Transaction, 'user' | 'block'>,
  userId: string,
  otherIds: readonly string[],
): Promise<Set<string>> => {
  const open = await activeUsersAmong(reader, otherIds);
  const blocked = await blockedAmong(reader, userId, [...open]);
  return new Set([...open].filter((id) => !blocked.has(id)));
};

/** The open accounts with these usernames, which are in small letters. */
export const idsByUsername = (reader: Reader, usernames: readonly string[]): Promise<string[]> =>
  activeIdsByUsername(reader, usernames);

/** See `block/block.reads.ts`: the others between whom and the person stands a block, made by either of the two. */
export const blockedAmong = blockedAmongOthers;

/** See `block/block.reads.ts`: whether nothing is told to a person of what another does. */
export const isKeptAway = isKeptAwayFrom;

/** See `block/block.reads.ts`: whether a person has blocked another. */
export const hasBlocked = hasBlockedOther;

/** What others may see of these people, by id. Who does not exist is absent; who closed the account keeps a name. */
export const publicProfiles = async (
  reader: Reader,
  userIds: readonly string[],
  showing: Showing,
): Promise<Map<string, z.infer<typeof PublicProfile>>> => {
  const profiles = await profilesById(reader, userIds, showing);
  return new Map(profiles.map((profile) => [profile.id, profile]));
};

/** What these people are called, by id, closed accounts included. */
export const publicNames = (reader: Reader, userIds: readonly string[]) => namesById(reader, userIds);

/** Whether somebody lets what they said be forwarded with their name; false for who is not there. */
export const isNamedInForwards = (reader: Pick<Transaction, 'profile'>, userId: string): Promise<boolean> =>
  allowsNameInForwards(reader, userId);

/** See `profile/visible.reads.ts`: whether what an account made may be shown to a viewer. */
export const isOpenTo = isAccountOpenTo;

/** See `profile/visible.reads.ts`: whether a block stands between an account and a viewer. */
export const isBlockedFor = isAccountBlockedFor;

/** See `profile/visible.reads.ts`: the full name of the account that a row of a query refers to. */
export const nameOfAccount = nameOfAccountOf;

/**
 * Where mail for these people goes, by id: null for an address that is not proved, absent for who closed the account. Never
 * shown to others.
 */
export const mailAddresses = (reader: Reader, userIds: readonly string[]) => mailAddressesOf(reader, userIds);

/** See `acquaintance/acquaintance.reads.ts`: the pairs in which a person was brought something by a stranger. */
export const strangersIn = (reader: Pick<Transaction, '$queryRaw'>, pairs: readonly Pair[]): Promise<Pair[]> =>
  strangersInPairs(reader, pairs);

/** See `profile/presence.reads.ts`: how these people want to be seen, and by whom. */
export const presenceSettings = (reader: Reader, userIds: readonly string[]): Promise<Map<string, PresenceSettings>> =>
  findPresenceSettings(reader, userIds);

export type { PresenceSettings };
