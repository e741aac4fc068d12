import type { Transaction } from '../../../platform/db/client.ts';
import { profileCompletion } from './completion.rules.ts';
import type { ProfileRow } from './profile.reads.ts';

interface Change {
  firstName?: string | undefined;
  lastName?: string | undefined;
  /** Null removes it. */
  bio?: string | null | undefined;
}

interface Changing<P, C> {
  userId: string;
  profile: P;
  change: C;
  now: Date;
}

/** Changes the fields that are present. */
export const updateProfile = async <P extends ProfileRow>(
  tx: Transaction,
  { userId, profile, change, now }: Changing<P, Change>,
) => {
  const { firstName = profile.firstName, lastName = profile.lastName, bio = profile.bio } = change;
  const changed = { firstName, lastName, bio: bio || null };
  const profileCompletionPercentage = profileCompletion({ ...changed, hasAvatar: hasAvatar(profile) });
  const data = { ...changed, profileCompletionPercentage, updatedAt: now };
  await tx.profile.update({ where: { userId }, data, select: { userId: true } });
  return { ...profile, ...changed, completionPercentage: profileCompletionPercentage };
};

/** Keeps where an account's person lives. */
export const saveTimeZone = async (
  tx: Transaction,
  { userId, timeZone, now }: { userId: string; timeZone: string; now: Date },
): Promise<void> => {
  const data = { timeZone, timeZoneChangedAt: now, updatedAt: now };
  await tx.user.update({ where: { id: userId }, data, select: { id: true } });
};

/** Keeps whether somebody lets what they said be forwarded with their name. */
export const saveNamedInForwards = async (
  tx: Transaction,
  { userId, isNamedInForwards, now }: { userId: string; isNamedInForwards: boolean; now: Date },
): Promise<void> => {
  const data = { isNamedInForwards, updatedAt: now };
  await tx.profile.update({ where: { userId }, data, select: { userId: true } });
};

/** Shows the pictures that are named, none for null. */
export const setPictures = async (
  tx: Transaction,
  {
    userId,
    profile,
    change,
    now,
  }: Changing<ProfileRow, { avatarAssetId?: string | null; coverAssetId?: string | null }>,
): Promise<void> => {
  const { avatarAssetId } = change;
  const isShown = avatarAssetId === undefined ? hasAvatar(profile) : avatarAssetId !== null;
  const profileCompletionPercentage = profileCompletion({ ...profile, hasAvatar: isShown });
  const data = { ...change, profileCompletionPercentage, updatedAt: now };
  await tx.profile.update({ where: { userId }, data, select: { userId: true } });
};

/** Whether a picture of the person is shown; one that was deleted is named until its row goes. */
const hasAvatar = ({ avatarAsset }: Pick<ProfileRow, 'avatarAsset'>): boolean => avatarAsset?.deletedAt === null;

/** Names a deleted file no longer. */
export const letGoOf = async (tx: Transaction, mediaId: string): Promise<void> => {
  await tx.profile.updateMany({ where: { avatarAssetId: mediaId }, data: { avatarAssetId: null } });
  await tx.profile.updateMany({ where: { coverAssetId: mediaId }, data: { coverAssetId: null } });
};
