import type { Transaction } from '../../../platform/db/client.ts';
import { violatedConstraint } from '../../../platform/db/failures.ts';
import { UNIQUE_NAMES } from '../account/account.reads.ts';
import { profileCompletion } from '../profile/completion.rules.ts';
import type { TestAccount } from './names.rules.ts';

interface Making {
  accounts: readonly TestAccount[];
  passwordHash: string;
  now: Date;
}

/**
 * Inserts test accounts with their profiles. Their addresses count as proved: nothing is sent to find out.
 * @returns false when a name is taken: then the transaction can only be rolled back
 */
export const insertTestAccounts = async (
  tx: Transaction,
  { accounts, passwordHash, now }: Making,
): Promise<boolean> => {
  const times = { createdAt: now, updatedAt: now };
  const users = accounts.map(({ id, email, username }) => ({
    ...{ id, email, username, password: passwordHash, emailVerified: true, isTest: true },
    ...times,
  }));
  const profiles = accounts.map(({ id: userId, firstName, lastName }) => ({
    ...{ userId, firstName, lastName },
    profileCompletionPercentage: profileCompletion({ firstName, bio: null, hasAvatar: false }),
    ...times,
  }));
  try {
    await tx.user.createMany({ data: users });
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (UNIQUE_NAMES.some((name) => constraint === `users_${name}_key`)) return false;
    throw error;
  }
  await tx.profile.createMany({ data: profiles });
  return true;
};
