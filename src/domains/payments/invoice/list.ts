import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { list } from './contract.ts';
import { listInvoices } from './invoice.reads.ts';
import { presentInvoices, type Showing } from './present.ts';

/** What the caller bought, or sold. */
export const listOwnInvoices = (showing: Showing) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ as, cursor, limit }, _subject, { actor: { userId } }) => {
      const whose = as === 'BUYER' ? { userId, issuerId: null } : { userId: null, issuerId: userId };
      const rows = await listInvoices(showing.database, { ...whose, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      return { items: await presentInvoices(showing, items), nextCursor };
    },
  });
