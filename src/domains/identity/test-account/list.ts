import { isAdmin } from '../../../kernel/actor.ts';
import { handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { list } from './contract.ts';
import { countTestAccounts, listTestAccounts } from './test-account.reads.ts';

/** The open test accounts. */
export const listOpenTestAccounts = ({ database }: { database: Pick<Database, 'user'> }) =>
  handle(list, {
    load: nothing,
    allow: isAdmin,
    run: async ({ cursor, limit }) => {
      const rows = await listTestAccounts(database, { after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      const total = await countTestAccounts(database, { status: 'ACTIVE' });
      return { items: items.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })), nextCursor, total };
    },
  });
