import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { list } from './contract.ts';
import { listPayments } from './payment.reads.ts';
import { presentPayment } from './present.ts';

/** The caller's payments. */
export const listOwnPayments = ({ database }: { database: Pick<Database, 'payment'> }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ bookingId, cursor, limit }, _subject, { actor }) => {
      const page = { userId: actor.userId, bookingId, after: cursor, limit: limit + 1 };
      const { items, nextCursor } = pageBy(await listPayments(database, page), limit, ({ id }) => id);
      return { items: items.map(presentPayment), nextCursor };
    },
  });
