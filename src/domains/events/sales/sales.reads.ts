import type { Transaction } from '../../../platform/db/client.ts';

/** Tickets that are issued now, by the day on which they were, in a zone (IANA); the latest days, newest first. */
export const ticketsByDay = (
  reader: Pick<Transaction, '$queryRaw'>,
  { eventId, timeZone, limit }: { eventId: string; timeZone: string; limit: number },
): Promise<{ day: string; tickets: number }[]> =>
  reader.$queryRaw<{ day: string; tickets: number }[]>`
    SELECT to_char(issued_at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, count(*)::int AS tickets
    FROM event_participants
    WHERE event_id = ${eventId}::uuid AND status = 'ISSUED' AND issued_at IS NOT NULL
    GROUP BY 1 ORDER BY 1 DESC LIMIT ${limit}`;

/** Tickets of an event that are issued now. */
export const countTickets = (reader: Pick<Transaction, 'eventParticipant'>, eventId: string): Promise<number> =>
  reader.eventParticipant.count({ where: { eventId, status: 'ISSUED' } });

/** Those of the events that somebody runs, with their currencies. */
export const eventsRunBy = (reader: Pick<Transaction, 'event'>, userId: string, eventIds: readonly string[]) =>
  reader.event.findMany({
    where: {
      id: { in: [...eventIds] },
      deletedAt: null,
      OR: [
        { hostId: userId },
        { hosts: { some: { userId, acceptedAt: { not: null }, role: { in: ['CO_HOST', 'MANAGER'] } } } },
      ],
    },
    select: { id: true, currency: true },
  });
