import type { Actor } from '../../../kernel/actor.ts';
import type { InputOf } from '../../../kernel/contract.ts';
import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { accountsOf } from './account.reads.ts';
import { accounts } from './contract.ts';
import { canSeeAccount } from './policy.ts';
import { presentAccount } from './present.ts';

/** Accounts of the caller; for staff also those of others and of the platform. */
export const listAccounts = ({ database }: { database: Pick<Database, '$queryRaw'> }) =>
  handle(accounts, {
    load: (input, { actor }) => ownershipOf(actor, input),
    allow: canSeeAccount,
    run: async ({ cursor, limit }, { ownerId }) => {
      const rows = await accountsOf(database, ownerId, { after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      return { items: items.map(presentAccount), nextCursor };
    },
  });

const ownershipOf = (actor: Actor, { ownerId, platform }: InputOf<typeof accounts>) => ({
  ownerId: platform ? null : (ownerId ?? actor.userId),
});
