import { isAdmin } from '../../../kernel/actor.ts';
import type { Call, Commit } from '../../../kernel/handler.ts';
import { nothing } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Removal } from '../../../platform/removal.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { sessionEnded } from '../facts.ts';
import type { Ending } from '../session/end-session.steps.ts';
import { revokeSessionsOf } from '../session/session.writes.ts';
import { remove } from './contract.ts';
import {
  closeAccounts,
  deleteAccounts,
  emptyAccounts,
  eraseAccount,
  keptAmong,
  takeTestAccounts,
} from './removal.writes.ts';
import { countTestAccounts } from './test-account.reads.ts';

interface Deps extends Ending {
  subjectKeys: Pick<SubjectKeys, 'eraseSubject'>;
  /** Of the other domains, each before those it asks. */
  removals: readonly Removal[];
}

/**
 * Removes test accounts, a bounded part of the work a call. An account is closed first and removed by a later call, when what
 * it had under way has come to its end. It goes with the last of what it made, in one transaction.
 */
export const removeTestAccounts = (deps: Deps) =>
  commit(remove, {
    load: nothing,
    allow: isAdmin,
    run: async ({ limit }, _subject, context) => {
      const { tx, now, record, audit } = context;
      const accounts = await takeTestAccounts(tx, limit);
      const open = accounts.filter(({ status }) => status !== 'DEACTIVATED').map(({ id }) => id);
      await close(deps, open, context);
      const userIds = accounts.map(({ id }) => id);
      const isDone = await removeMade(deps.removals, { userIds, tx, record, now });
      const outcome = isDone && open.length === 0 ? await takeAway(deps, userIds, context) : { removed: 0, kept: 0 };
      audit({ targetType: 'testAccount', targetId: userIds[0] ?? '', after: { closed: open.length, ...outcome } });
      return { ...outcome, left: await countTestAccounts(tx) };
    },
  });

type Context = Call & Commit<Transaction>;

/** The call is audited as one act: a row for every session would give each account a key first. */
const close = async (
  { revocations }: Deps,
  userIds: readonly string[],
  { tx, now, record, afterCommit }: Context,
): Promise<void> => {
  if (userIds.length === 0) return;
  await closeAccounts(tx, userIds, now);
  const ended = await revokeSessionsOf(tx, userIds, { reason: 'REVOKED', now });
  afterCommit(() => revocations.revoke(ended.map(({ id }) => id)));
  for (const { id: sessionId, userId } of ended) {
    await record(sessionEnded, { sessionId, userId, reason: 'REVOKED', endedAt: now.toISOString() });
  }
};

/** @returns whether nothing is left; what is left in one domain may stand in the way of the next */
const removeMade = async (removals: readonly Removal[], removing: Parameters<Removal>[0]): Promise<boolean> => {
  for (const removeFrom of removals) {
    if (!(await removeFrom(removing))) return false;
  }
  return true;
};

const takeAway = async ({ subjectKeys }: Deps, userIds: readonly string[], { tx, now }: Context) => {
  await emptyAccounts(tx, userIds);
  const kept = new Set(await keptAmong(tx, userIds));
  for (const userId of kept) await eraseAccount(tx, userId, { subjectKeys, now });
  const gone = userIds.filter((userId) => !kept.has(userId));
  await deleteAccounts(tx, gone);
  return { removed: gone.length, kept: kept.size };
};
