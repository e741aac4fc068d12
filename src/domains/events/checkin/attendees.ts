import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { keeperOf } from '../door/keeper.reads.ts';
import { canSupervise, standsAtDoor } from '../door/policy.ts';
import { presenter } from './answer.steps.ts';
import { attendees } from './contract.ts';
import { ticketsById } from './door.reads.ts';
import { holdersOf } from './log.reads.ts';

/** Lists the people who hold tickets, and tells of each when they came in. */
export const listAttendees = ({ database }: { database: Database }) =>
  handle(attendees, {
    load: ({ eventId }, { actor }) => keeperOf(database, eventId, actor),
    sees: (_actor, keeper) => standsAtDoor(keeper),
    allow: (_actor, keeper) => canSupervise(keeper),
    run: async ({ eventId, hasCome, cursor, limit }) => {
      const rows = await holdersOf(database, { eventId, hasCome, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      const tickets = await ticketsById(
        database,
        items.map(({ id }) => id),
      );
      const present = await presenter(database, [...tickets.values()]);
      return {
        items: items.flatMap(({ id, admittedAtMs }) => {
          const ticket = tickets.get(id);
          if (!ticket) return [];
          return { ...present(ticket, null), admittedAt: admittedAtMs === null ? null : timeText(admittedAtMs) };
        }),
        nextCursor,
      };
    },
  });

const timeText = (atMs: number): string => new Date(atMs).toISOString();
