import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { findStanding } from '../event/standing.reads.ts';
import { list } from './contract.ts';
import { canListFunding, canListPromos } from './policy.ts';
import { presentPromo } from './present.ts';
import { listPromos, type PromoOwner } from './promo.reads.ts';

/** Own codes; an event's, for its team; the platform's, for its administrators. */
export const listPromoCodes = ({ database }: { database: Database }) =>
  handle(list, {
    load: async ({ eventId }, { actor }) => ({
      standing: eventId === undefined ? null : await findStanding(database, eventId, actor),
    }),
    sees: canListPromos,
    allow: canListFunding,
    run: async ({ eventId, funding, cursor, limit }, _subject, { actor }) => {
      const of = whose({ eventId, funding, createdById: actor.userId });
      const rows = await listPromos(database, { of, after: cursor, limit: limit + 1 });
      const items = rows.slice(0, limit).map(presentPromo);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  });

interface Asked {
  eventId: string | undefined;
  funding: 'HOST' | 'PLATFORM';
  createdById: string;
}

const whose = ({ eventId, funding, createdById }: Asked): PromoOwner => {
  if (eventId !== undefined) return { eventId, funding };
  return funding === 'PLATFORM' ? { funding } : { createdById, funding };
};
