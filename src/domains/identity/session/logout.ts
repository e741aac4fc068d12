import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { logout } from './contract.ts';
import { type Ending, endSession } from './end-session.steps.ts';
import { isOwnSession } from './policy.ts';
import { findSession } from './session.reads.ts';
import { recordLogin } from './session.writes.ts';

/** Ends the session the call is made in. */
export const logOut = (ending: Ending) =>
  commit(logout, {
    load: (_input, { tx, actor }) => findSession(tx, actor.sessionId),
    sees: isOwnSession,
    allow: anyone,
    run: async (_input, session, context) => {
      const { tx, actor, origin, now } = context;
      await endSession(ending, { sessionId: session.id, userId: actor.userId, reason: 'LOGOUT' }, context);
      await recordLogin(tx, { outcome: 'LOGGED_OUT', userId: actor.userId, origin, now });
      return { endedAt: (session.revokedAt ?? now).toISOString() };
    },
  });
