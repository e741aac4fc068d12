import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { type EventRow, findEvent } from './event.reads.ts';
import { canSee, type Standing } from './policy.ts';
import { findStanding } from './standing.reads.ts';

type Reader = Pick<Transaction, 'event' | '$queryRaw'>;

/** An event with how somebody stands to it. */
export interface Subject {
  event: EventRow;
  standing: Standing;
}

/** The event as the actor may know of it; null when there is none, or not for them. */
export const findSubject = async (reader: Reader, eventId: string, actor: Actor | null): Promise<Subject | null> => {
  const event = await findEvent(reader, eventId);
  if (!event) return null;
  const standing = await findStanding(reader, eventId, actor);
  return canSee(event, standing) ? { event, standing } : null;
};
