import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { listBreaks } from './break.reads.ts';
import { list } from './contract.ts';
import { presentBreak } from './present.ts';

/** What somebody has to look at. */
export const listReconciliationBreaks = ({ database }: { database: Pick<Database, 'reconciliationBreak'> }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ status, cursor, limit }) => {
      const rows = await listBreaks(database, { status, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      return { items: items.map(presentBreak), nextCursor };
    },
  });
