import type { UserRole } from '../../../generated/prisma/enums.ts';
import type { Actor } from '../../../kernel/actor.ts';
import type { Call, Commit } from '../../../kernel/handler.ts';
import { anyone } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import { type Ending, endSession } from '../session/end-session.steps.ts';
import { openSessionsOf } from '../session/session.reads.ts';
import { lockAccount, updateRole } from './account.writes.ts';
import { setRole } from './contract.ts';
import { canSetRole } from './policy.ts';

type Account = NonNullable<Awaited<ReturnType<typeof lockAccount>>>;

type MaySet = (actor: Actor, account: Account, input: { role: UserRole }) => boolean;

const settingRole = (ending: Ending, allow: MaySet) =>
  commit(setRole, {
    load: ({ userId }, { tx }) => lockAccount(tx, userId),
    allow,
    run: ({ role }, account, context) => changeRole(account, role, { ...context, ...ending }),
  });

/** Gives an account another role. */
export const setAccountRole = (ending: Ending) =>
  settingRole(ending, (actor, account, { role }) => canSetRole(actor, account, role));

/**
 * The same for whoever holds the installation's keys, `npm run role:grant`: no carrier reaches it. It knows no Redis, so that
 * the running server ends the sessions when it hears the fact.
 */
export const grantRole = () => settingRole({ revocations: { revoke: async () => {} } }, anyone);

/** Access tokens hold the role, so that every session of the account ends with it. */
const changeRole = async (
  { id: userId, role: before }: Account,
  role: UserRole,
  context: Call & Commit<Transaction> & Ending,
) => {
  const { tx, now, audit } = context;
  if (role === before) return { userId, role };
  await updateRole(tx, userId, { role, now });
  audit({ targetType: 'user', targetId: userId, subjectId: userId, before: { role: before }, after: { role } });
  for (const sessionId of await openSessionsOf(tx, userId, now)) {
    await endSession(context, { sessionId, userId, reason: 'REVOKED' }, context);
  }
  return { userId, role };
};
