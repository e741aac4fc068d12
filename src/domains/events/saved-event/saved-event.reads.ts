import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';
import { COVER } from '../event/event.reads.ts';
import { toTime, toTimeOrNull } from '../times.rules.ts';

type Reader = Pick<Transaction, 'savedEvent'>;

/** Events on one person’s list at most. */
export const MAX_SAVED = 2_000;

export const findSaved = (reader: Reader, userId: string, eventId: string) =>
  reader.savedEvent.findUnique({ where: { userId_eventId: { userId, eventId } } });

export type SavedRow = NonNullable<Awaited<ReturnType<typeof findSaved>>>;

export const countSaved = (reader: Reader, userId: string): Promise<number> =>
  reader.savedEvent.count({ where: { userId } });

/** Somebody’s list with its events, latest first. @param after the last one of the page before */
export const savedBy = (
  reader: Reader,
  { userId, after, limit }: { userId: string; after: Place | null; limit: number },
) =>
  reader.savedEvent.findMany({
    where: {
      userId,
      event: { deletedAt: null },
      ...(after ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, eventId: { lt: after.id } }] } : {}),
    },
    include: { event: { include: COVER } },
    orderBy: [{ createdAt: 'desc' }, { eventId: 'desc' }],
    take: limit,
    relationLoadStrategy: 'join',
  });

/** An entry of the list on the wire. */
export const showSaved = ({ eventId, note, remindAt, createdAt }: SavedRow) => ({
  eventId,
  note,
  remindAt: toTimeOrNull(remindAt),
  savedAt: toTime(createdAt),
});
