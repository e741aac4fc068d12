import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { toTime } from '../times.rules.ts';
import { listAddresses } from './public/contract.ts';
import { publicAddresses } from './public/public.reads.ts';

/** The slugs of what anybody may come across. */
export const listEventAddresses = ({ replica }: { replica: Database }) =>
  handle(listAddresses, {
    load: nothing,
    allow: anyone,
    run: async ({ cursor, limit }) => {
      const rows = await publicAddresses(replica, { after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      return { items: items.map(({ slug, updatedAt }) => ({ slug, updatedAt: toTime(updatedAt) })), nextCursor };
    },
  });
