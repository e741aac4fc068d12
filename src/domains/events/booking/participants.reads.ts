import type { Transaction } from '../../../platform/db/client.ts';

/** How many issued admissions an event has. */
export const participantsOf = async (reader: Pick<Transaction, 'event'>, eventId: string): Promise<number> => {
  const row = await reader.event.findUnique({ where: { id: eventId }, select: { sold: true } });
  return row?.sold ?? 0;
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
