import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { list } from './contract.ts';
import { presentTaxRate } from './present.ts';
import { listTaxRates } from './tax-rate.reads.ts';

/** Tax rates, for who sets prices and who wants to know. */
export const listAllTaxRates = ({ database }: { database: Pick<Database, 'taxRate'> }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ country, all, cursor, limit }, _subject, { now }) => {
      const page = { country, at: all ? null : now, after: cursor, limit: limit + 1 };
      const { items, nextCursor } = pageBy(await listTaxRates(database, page), limit, ({ id }) => id);
      return { items: items.map(presentTaxRate), nextCursor };
    },
  });
