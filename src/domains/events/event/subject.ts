import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { type EventRow, findEvent } from './event.reads.ts';
import type { Standing } from './policy.ts';
import { findStanding } from './standing.reads.ts';

type Reader = Pick<Transaction, 'event' | '$queryRaw'>;

/** An event with how somebody stands to it. */
export interface Subject {
  event: EventRow;
  standing: Standing;
}

/** The event, and how the actor stands to it; null when there is none. Whether they may know of it `canSeeEvent` says. */
export const findSubject = async (reader: Reader, eventId: string, actor: Actor | null): Promise<Subject | null> => {
  const event = await findEvent(reader, eventId);
  return event && { event, standing: await findStanding(reader, eventId, actor) };
};
