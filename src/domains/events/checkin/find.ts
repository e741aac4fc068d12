import { commit } from '../../../platform/db/commit.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { nameOfAccount } from '../../identity/api.ts';
import { canSupervise } from '../door/policy.ts';
import { presenter } from './answer.steps.ts';
import { find } from './contract.ts';
import { ticketsById } from './door.reads.ts';
import { holdersNamed } from './log.reads.ts';
import { doorFor } from './subject.steps.ts';

/** Looks holders up by name. It runs in a worker because every look is audited. */
export const findHolders = () =>
  commit(find, {
    load: ({ eventId }, { tx, actor }) => doorFor(tx, eventId, actor),
    allow: (_actor, { keeper }) => canSupervise(keeper),
    run: async ({ eventId, query, listId, cursor, limit }, _subject, { tx, audit }) => {
      const ids = await holdersNamed(tx, { eventId, query, after: cursor, limit: limit + 1 }, nameOfAccount);
      const { items, nextCursor } = pageBy(ids, limit, (id) => id);
      const tickets = await ticketsById(tx, items);
      const present = await presenter(tx, [...tickets.values()]);
      audit({ targetType: 'event', targetId: eventId, after: { lookedUp: items.length } });
      return {
        items: items.flatMap((id) => {
          const ticket = tickets.get(id);
          return ticket ? present(ticket, listId ?? null) : [];
        }),
        nextCursor,
      };
    },
  });
