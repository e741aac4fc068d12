import type { RoomHandler } from '../../../kernel/domain.ts';
import { Id } from '../../../kernel/wire.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { reachedBy } from '../../../platform/rooms/unstored.ts';
import { findEvent } from '../event/event.reads.ts';
import { doorRoom } from './contract.ts';
import { keeperOf } from './keeper.reads.ts';
import { canScan } from './policy.ts';

/** The room of an event's doors: its team and its enrolled devices watch it. What it tells is stored where it happened. */
export const createDoorRoom = ({
  database,
  clock,
}: {
  database: Database;
  clock: Clock;
}): RoomHandler<Transaction> => ({
  contract: doorRoom,
  canWatch: async (actor, eventId) =>
    Id.safeParse(eventId).success && canScan(await keeperOf(database, eventId, actor), clock.now()),
  seed: async (eventId) => {
    if (!Id.safeParse(eventId).success) return null;
    return (await findEvent(database, eventId)) && { seq: reachedBy(clock.now()), ordinal: 0, recent: [] };
  },
});
