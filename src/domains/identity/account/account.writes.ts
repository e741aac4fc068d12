import type { UserRole } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { violatedConstraint } from '../../../platform/db/failures.ts';
import { profileCompletion } from '../profile/completion.rules.ts';
import { UNIQUE_NAMES, type UniqueName } from './account.reads.ts';

export interface NewAccount {
  id: string;
  email: string;
  username: string;
  passwordHash: string;
  firstName: string;
  lastName: string;
  /** Only for whom the server itself makes an account, such as demo people. */
  emailVerified?: boolean;
  now: Date;
}

/**
 * Inserts the account with its profile.
 * @returns the names that another registration took in the meantime; empty when the account was made. After a
 * refusal the transaction can only be rolled back
 */
export const insertAccount = async (tx: Transaction, account: NewAccount): Promise<UniqueName[]> => {
  const { id, email, username, passwordHash, firstName, lastName, emailVerified = false, now } = account;
  const profileCompletionPercentage = profileCompletion({ firstName, bio: null, hasAvatar: false });
  const profile = { firstName, lastName, profileCompletionPercentage, createdAt: now, updatedAt: now };
  const user = { id, email, username, password: passwordHash, emailVerified, createdAt: now, updatedAt: now };
  try {
    await tx.user.create({ data: { ...user, profile: { create: profile } }, select: { id: true } });
    return [];
  } catch (error) {
    return takenAccordingTo(error);
  }
};

const takenAccordingTo = (error: unknown): UniqueName[] => {
  const constraint = violatedConstraint(error);
  const taken = UNIQUE_NAMES.filter((name) => constraint === `users_${name}_key`);
  if (taken.length === 0) throw error;
  return taken;
};

/** The account, kept from other changes until the transaction ends; null for one that is not there or closed for good. */
export const lockAccount = async (tx: Transaction, userId: string): Promise<{ id: string; role: UserRole } | null> => {
  const [row] = await tx.$queryRaw<{ id: string; role: UserRole }[]>`
    SELECT id, role FROM users WHERE id = ${userId}::uuid AND deleted_at IS NULL FOR UPDATE`;
  return row ?? null;
};

/** Gives the account a role. */
export const updateRole = (tx: Transaction, userId: string, { role, now }: { role: UserRole; now: Date }) =>
  tx.user.update({ where: { id: userId }, data: { role, updatedAt: now }, select: { id: true } });
