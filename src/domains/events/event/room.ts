import type { RoomHandler } from '../../../kernel/domain.ts';
import { Id } from '../../../kernel/wire.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { reachedBy } from '../../../platform/rooms/unstored.ts';
import { eventRoom } from './contract.ts';
import { findEvent } from './event.reads.ts';
import { canSeeEvent } from './policy.ts';
import { findSubject } from './subject.ts';

/** An event's room: who may see the event may watch it. What it tells is stored where it happened. */
export const createEventRoom = ({
  database,
  clock,
}: {
  database: Database;
  clock: Clock;
}): RoomHandler<Transaction> => ({
  contract: eventRoom,
  canWatch: async (actor, eventId) => {
    const subject = Id.safeParse(eventId).success ? await findSubject(database, eventId, actor) : null;
    return subject !== null && canSeeEvent(actor, subject);
  },
  seed: async (eventId) => {
    if (!Id.safeParse(eventId).success) return null;
    return (await findEvent(database, eventId)) && { seq: reachedBy(clock.now()), ordinal: 0, recent: [] };
  },
});
