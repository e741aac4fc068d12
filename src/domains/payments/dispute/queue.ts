import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { queue } from './contract.ts';
import { listDisputes } from './dispute.reads.ts';
import { presentDispute } from './present.ts';

/** Everybody's disputes. */
export const queueDisputes = ({ database }: { database: Pick<Database, 'dispute'> }) =>
  handle(queue, {
    load: nothing,
    allow: anyone,
    run: async ({ cursor, limit }) => {
      const rows = await listDisputes(database, { paymentId: undefined, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      return { items: items.map(presentDispute), nextCursor };
    },
  });
