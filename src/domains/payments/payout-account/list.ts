import { handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { list } from './contract.ts';
import { listPayoutAccounts } from './payout-account.reads.ts';
import { canListAccounts } from './policy.ts';
import { presentPayoutAccount } from './present.ts';

/** A person's payout accounts. */
export const listOwnPayoutAccounts = ({ database }: { database: Pick<Database, 'payoutAccount'> }) =>
  handle(list, {
    load: nothing,
    allow: canListAccounts,
    run: async ({ userId, cursor, limit }, _subject, { actor }) => {
      const page = { userId: userId ?? actor.userId, after: cursor, limit: limit + 1 };
      const { items, nextCursor } = pageBy(await listPayoutAccounts(database, page), limit, ({ id }) => id);
      return { items: items.map(presentPayoutAccount), nextCursor };
    },
  });
