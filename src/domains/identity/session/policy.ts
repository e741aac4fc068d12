import type { LoginOutcome, UserStatus } from '../../../generated/prisma/enums.ts';
import type { Actor } from '../../../kernel/actor.ts';

interface Attempt {
  account: { status: UserStatus } | null;
  passwordMatches: boolean;
}

/** How an attempt to sign in ends. That an account is closed is told only to who knows its password. */
export const loginOutcome = ({ account, passwordMatches }: Attempt): LoginOutcome => {
  if (!account) return 'UNKNOWN_ACCOUNT';
  if (!passwordMatches) return 'WRONG_PASSWORD';
  return account.status === 'ACTIVE' ? 'SUCCEEDED' : 'ACCOUNT_CLOSED';
};

interface Renewable {
  expiresAt: Date;
  session: { revokedAt: Date | null };
  user: { status: UserStatus };
}

/** Whether a refresh token that was not used yet can be exchanged. */
export const canRenew = ({ expiresAt, session, user }: Renewable, now: Date): boolean =>
  now < expiresAt && session.revokedAt === null && user.status === 'ACTIVE';

/** Sessions are their owner's: of other people's it is not said that they are there. */
export const isOwnSession = ({ userId }: Pick<Actor, 'userId'>, session: { userId: string }): boolean =>
  session.userId === userId;
