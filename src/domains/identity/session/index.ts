import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { listOwnSessions } from './list.ts';
import { logIn } from './login.ts';
import { logOut } from './logout.ts';
import { onSessionEnded } from './on-session-ended.ts';
import { renewSession } from './renew.ts';
import { revokeOwnSession } from './revoke.ts';
import { sweepExpiredSessions } from './sweep-expired.job.ts';

/** Sessions, from signing in to their end. */
export const sessionTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [logIn(deps), renewSession(deps), logOut(deps), listOwnSessions(deps), revokeOwnSession(deps)],
  jobs: [sweepExpiredSessions(deps)],
  subscribers: [onSessionEnded(deps)],
});
