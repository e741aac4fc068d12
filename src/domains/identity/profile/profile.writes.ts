import type { Transaction } from '../../../platform/db/client.ts';
import { profileCompletion } from './completion.ts';

interface Change {
  firstName?: string | undefined;
  lastName?: string | undefined;
  /** Null removes it. */
  bio?: string | null | undefined;
}

interface Profile {
  firstName: string;
  lastName: string;
  bio: string | null;
  avatarUrl: string | null;
}

/** Changes the fields that are present. */
export const updateProfile = async (
  tx: Transaction,
  { userId, profile, change, now }: { userId: string; profile: Profile; change: Change; now: Date },
) => {
  const { firstName = profile.firstName, lastName = profile.lastName, bio = profile.bio } = change;
  const changed = { firstName, lastName, bio: bio || null, avatarUrl: profile.avatarUrl };
  const profileCompletionPercentage = profileCompletion(changed);
  const data = { ...changed, profileCompletionPercentage, updatedAt: now };
  await tx.profile.update({ where: { userId }, data, select: { userId: true } });
  return { ...changed, completionPercentage: profileCompletionPercentage };
};
