import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { entries } from './contract.ts';
import { latestEntries } from './entry.reads.ts';
import { presentEntry } from './present.ts';
import { visibleAccount } from './visible-account.ts';

/** What was posted to an account. */
export const listEntries = ({ database }: { database: Pick<Database, 'ledgerAccount' | '$queryRaw'> }) =>
  handle(entries, {
    load: ({ accountId }, { actor }) => visibleAccount(database, actor, accountId),
    allow: anyone,
    run: async ({ accountId, cursor, limit }) => {
      const before = cursor === undefined ? null : BigInt(cursor);
      const rows = await latestEntries(database, accountId, { before, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const nextCursor = rows.length > limit && last !== undefined ? String(last.version) : null;
      return { items: items.map(presentEntry), nextCursor };
    },
  });
