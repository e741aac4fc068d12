import type { Transaction } from '../../../platform/db/client.ts';
import type { SavedRow } from './saved-event.reads.ts';

interface Saving {
  userId: string;
  eventId: string;
  change: { note?: string | null; remindAt?: Date | null };
  now: Date;
}

/** Puts an event on the list, or changes what is noted beside it. */
export const saveEvent = (tx: Transaction, { userId, eventId, change, now }: Saving): Promise<SavedRow> =>
  tx.savedEvent.upsert({
    where: { userId_eventId: { userId, eventId } },
    create: { userId, eventId, ...change, createdAt: now },
    update: change,
  });

/** @returns false when it was not on the list */
export const dropSaved = async (tx: Transaction, userId: string, eventId: string): Promise<boolean> => {
  const { count } = await tx.savedEvent.deleteMany({ where: { userId, eventId } });
  return count === 1;
};
