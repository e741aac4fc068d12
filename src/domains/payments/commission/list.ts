import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { list } from './contract.ts';
import { listCommissions } from './list.reads.ts';
import { presentCommission } from './present.ts';

/** What the platform takes, for its staff. */
export const listAllCommissions = ({ database }: { database: Pick<Database, 'commissionConfig'> }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ scope, targetId, all, cursor, limit }, _subject, { now }) => {
      const page = { scope, targetId, at: all ? null : now, after: cursor, limit: limit + 1 };
      const { items, nextCursor } = pageBy(await listCommissions(database, page), limit, ({ id }) => id);
      return { items: items.map(presentCommission), nextCursor };
    },
  });
