import type { Transaction } from '../../../platform/db/client.ts';

/** How many issued admissions an event has. */
export const participantsOf = async (reader: Pick<Transaction, 'event'>, eventId: string): Promise<number> => {
  const row = await reader.event.findUnique({ where: { id: eventId }, select: { sold: true } });
  return row?.sold ?? 0;
};

/** Of these people, those whose tickets of an event were all booked by others, each with who booked the first. */
export const bringersOf = async (
  reader: Pick<Transaction, 'eventParticipant'>,
  eventId: string,
  userIds: readonly string[],
): Promise<Map<string, string>> => {
  const rows = await reader.eventParticipant.findMany({
    where: { eventId, userId: { in: [...userIds] }, status: 'ISSUED' },
    orderBy: { id: 'asc' },
    select: { userId: true, booking: { select: { userId: true } } },
  });
  const own = new Set(rows.flatMap(({ userId, booking }) => (userId === booking?.userId ? [userId] : [])));
  const brought = rows.flatMap(({ userId, booking }) =>
    userId && booking && !own.has(userId) ? [[userId, booking.userId] as const] : [],
  );
  return new Map(brought.reverse());
};

/** Which of these people hold an issued admission of an event. */
export const admittedAmong = async (
  reader: Pick<Transaction, 'eventParticipant'>,
  eventId: string,
  userIds: readonly string[],
): Promise<Set<string>> => {
  const rows = await reader.eventParticipant.findMany({
    where: { eventId, userId: { in: [...userIds] }, status: 'ISSUED' },
    select: { userId: true },
  });
  return new Set(rows.flatMap(({ userId }) => userId ?? []));
};

/** Of these people, those who hold an issued admission of an event that is going on and of which the first one does, too. */
export const fellowsAmong = async (
  reader: Pick<Transaction, '$queryRaw'>,
  userId: string,
  otherIds: readonly string[],
): Promise<Set<string>> => {
  const rows = await reader.$queryRaw<{ user_id: string }[]>`
    SELECT DISTINCT theirs.user_id
    FROM event_participants AS own
    JOIN events ON events.id = own.event_id AND events.status = 'ONGOING'
    JOIN event_participants AS theirs
      ON theirs.event_id = own.event_id AND theirs.status = 'ISSUED' AND theirs.user_id = ANY (${[...otherIds]}::uuid[])
    WHERE own.user_id = ${userId}::uuid AND own.status = 'ISSUED'`;
  return new Set(rows.map((row) => row.user_id));
};
