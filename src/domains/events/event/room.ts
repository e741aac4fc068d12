import type { RoomBatch, RoomHandler } from '../../../kernel/domain.ts';
import { Id } from '../../../kernel/wire.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { reachedBy } from '../../../platform/rooms/unstored.ts';
import { eventRoom } from './contract.ts';
import { findEvent } from './event.reads.ts';
import { canSeeEvent } from './policy.ts';
import { findSubject } from './subject.ts';

/** The part of an event's room that the domain of the stage brings: it decides who is sent out, and stores votes. */
export interface StageHooks {
  /** Whether somebody was sent out of the event's room for a while. */
  isSentOut: (reader: Database, eventId: string, person: { userId: string; now: Date }) => Promise<boolean>;
  /** Stores what its entries say, idempotently and in order. */
  persist: (tx: Transaction, batches: RoomBatch[]) => Promise<void>;
}

interface Deps {
  database: Database;
  clock: Clock;
  stage: StageHooks;
}

/**
 * An event's room: who may see the event may watch it, unless they were sent out. What events tell in it is stored where it
 * happened; votes are stored from here.
 */
export const createEventRoom = ({ database, clock, stage }: Deps): RoomHandler<Transaction> => ({
  contract: eventRoom,
  canWatch: async (actor, eventId) => {
    const subject = Id.safeParse(eventId).success ? await findSubject(database, eventId, actor) : null;
    if (!subject || !canSeeEvent(actor, subject)) return false;
    if (subject.standing.role !== null) return true;
    return !(await stage.isSentOut(database, eventId, { userId: actor.userId, now: clock.now() }));
  },
  seed: async (eventId) => {
    if (!Id.safeParse(eventId).success) return null;
    return (await findEvent(database, eventId)) && { seq: reachedBy(clock.now()), ordinal: 0, recent: [] };
  },
  persist: stage.persist,
});
