import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { revoke } from './contract.ts';
import { type Ending, endSession } from './end-session.steps.ts';
import { isOwnSession } from './policy.ts';
import { findSession } from './session.reads.ts';

/** Ends one of the caller's sessions. Those of others are not found. */
export const revokeOwnSession = (ending: Ending) =>
  commit(revoke, {
    load: ({ sessionId }, { tx }) => findSession(tx, sessionId),
    sees: isOwnSession,
    allow: anyone,
    run: async ({ sessionId }, session, context) => {
      const { actor, now } = context;
      await endSession(ending, { sessionId, userId: actor.userId, reason: 'REVOKED' }, context);
      return { endedAt: (session.revokedAt ?? now).toISOString() };
    },
  });
