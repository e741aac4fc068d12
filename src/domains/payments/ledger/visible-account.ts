import { type Actor, STAFF_ROLES } from '../../../kernel/actor.ts';
import type { Database } from '../../../platform/db/client.ts';
import { findAccount, type StoredAccount } from './account.reads.ts';
import { canSeeAccount } from './policy.ts';

/** An account, or null for who may not know that there is one. */
export const visibleAccount = async (
  database: Pick<Database, '$queryRaw'>,
  actor: Actor,
  accountId: string,
): Promise<StoredAccount | null> => {
  const account = await findAccount(database, accountId);
  const isStaff = STAFF_ROLES.has(actor.role);
  return account && canSeeAccount(actor, { ownerId: account.ownerId, isStaff }) ? account : null;
};
