import type { Actor } from '../../../kernel/actor.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { ListRow } from '../checkin/door.reads.ts';
import { type DoorSubject, doorFor } from '../checkin/subject.steps.ts';
import { lockList } from './check-in-list.writes.ts';
import { typesAmong } from './list.reads.ts';

/** A list of an event, under its lock. */
export interface ListSubject extends DoorSubject {
  list: ListRow;
}

/** Null for who has nothing to do with the event's doors, and for a list that it does not have. */
export const holdList = async (
  tx: Transaction,
  { eventId, listId }: { eventId: string; listId: string },
  actor: Actor,
): Promise<ListSubject | null> => {
  await lockList(tx, listId);
  const subject = await doorFor(tx, eventId, actor);
  const list = subject?.door.lists.get(listId);
  return subject && list ? { ...subject, list } : null;
};

/** @throws INVALID_INPUT for a type of another event, and for a list that closes before it opens */
export const checkRules = async (
  tx: Transaction,
  eventId: string,
  { ticketTypeIds, opensAt, closesAt }: Pick<ListRow, 'ticketTypeIds' | 'opensAt' | 'closesAt'>,
): Promise<void> => {
  const known = await typesAmong(tx, eventId, ticketTypeIds);
  const place = ticketTypeIds.findIndex((id) => !known.has(id));
  if (place >= 0) throw invalidField(`ticketTypeIds.${place}`, 'is no ticket type of this event');
  if (opensAt && closesAt && closesAt <= opensAt) throw invalidField('closesAt', 'must be after opensAt');
};

export const tooManyLists = (most: number): AppError => new AppError('CONFLICT', `An event has ${most} lists at most.`);
