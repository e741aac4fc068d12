import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { canSell } from '../event/policy.ts';
import { findStanding } from '../event/standing.reads.ts';
import { list } from './contract.ts';
import { presentPromo } from './present.ts';
import { listPromos } from './promo.reads.ts';

/** Own codes; an event's, for its team. */
export const listPromoCodes = ({ database }: { database: Database }) =>
  handle(list, {
    load: async ({ eventId }, { actor }) => {
      if (eventId === undefined) return true;
      return canSell(await findStanding(database, eventId, actor)) || null;
    },
    allow: anyone,
    run: async ({ eventId, cursor, limit }, _subject, { actor }) => {
      const page = { eventId, createdById: actor.userId, after: cursor, limit: limit + 1 };
      const rows = await listPromos(database, page);
      const items = rows.slice(0, limit).map(presentPromo);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  });
