import { AppError } from '../../../kernel/errors.ts';
import { anyone, type Call, type Commit } from '../../../kernel/handler.ts';
import { CommittedError } from '../../../platform/commits/committed-error.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Tokens } from '../../../platform/tokens.ts';
import { renew } from './contract.ts';
import { type Ending, endSession } from './end-session.steps.ts';
import { canRenew } from './policy.ts';
import { refreshTokenHash } from './refresh-token.ts';
import { findRefreshToken, type StoredRefreshToken } from './session.reads.ts';
import { claimRefreshToken, prolongSession, recordLogin } from './session.writes.ts';
import { issuePair } from './sign-in.steps.ts';

interface Deps extends Ending {
  tokens: Pick<Tokens, 'issue'>;
}

/**
 * Exchanges a refresh token for a new pair. A token that comes a second time was copied, and nobody can say which of
 * the two holders is the thief, so the session ends for both (RFC 9700, section 4.14.2). A client that repeats a
 * renewal because it lost the answer sends the same idempotency key and gets that answer.
 */
export const renewSession = ({ tokens, revocations }: Deps) =>
  commit(renew, {
    // An unknown token is no NOT_FOUND: the caller has to sign in.
    load: async ({ refreshToken }, { tx }) => ({ stored: await findRefreshToken(tx, refreshTokenHash(refreshToken)) }),
    allow: anyone,
    run: async (_input, { stored }, context) => {
      const { tx, origin, now, audit } = context;
      if (!stored || !canRenew(stored, now)) throw refused();
      if (!(await claimRefreshToken(tx, stored.id, now))) return endReused({ revocations }, stored, context);
      const { user, session } = stored;
      // The session may have ended since it was read.
      if (!(await prolongSession(tx, session.id, now))) throw refused();
      audit({ targetType: 'session', targetId: session.id, subjectId: user.id });
      await recordLogin(tx, { outcome: 'REFRESHED', userId: user.id, origin, now });
      return issuePair(tokens, user, { sessionId: session.id, beganAt: session.createdAt }, context);
    },
  });

const endReused = async (
  ending: Ending,
  { user, session }: StoredRefreshToken,
  context: Call & Commit<Transaction>,
): Promise<never> => {
  const { tx, origin, now } = context;
  await endSession(ending, { sessionId: session.id, userId: user.id, reason: 'REUSE_DETECTED' }, context);
  await recordLogin(tx, { outcome: 'REUSE_DETECTED', userId: user.id, origin, now });
  throw new CommittedError(refused());
};

/** One sentence for every reason: who guesses or steals tokens learns nothing about them. */
const refused = (): AppError => new AppError('UNAUTHENTICATED', 'The refresh token is not valid; sign in again.');
