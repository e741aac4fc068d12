import { handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { list } from './contract.ts';
import { listPayouts } from './payout.reads.ts';
import { canListPayouts } from './policy.ts';
import { presentPayout } from './present.ts';

/** Payouts of one host, or, for staff, of all. */
export const listKnownPayouts = ({ database }: { database: Pick<Database, 'payout'> }) =>
  handle(list, {
    load: nothing,
    allow: canListPayouts,
    run: async ({ hostId, all, status, cursor, limit }, _subject, { actor }) => {
      const ofHost = hostId ?? (all ? undefined : actor.userId);
      const rows = await listPayouts(database, { hostId: ofHost, status, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      return { items: items.map(presentPayout), nextCursor };
    },
  });
