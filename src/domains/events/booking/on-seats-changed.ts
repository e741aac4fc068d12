import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { refreshPrice } from '../event/price.writes.ts';
import { appendToEvent } from '../event/tell-room.ts';
import { capacityChanged } from '../facts.ts';
import { readAvailability } from './availability.reads.ts';
import { capacity } from './contract.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
}

/**
 * Tells who watches an event how many seats are left, in absolute numbers: of several changes the last one counts. What is
 * sold out, or comes free, may change the price that lists show.
 */
export const onSeatsChanged = ({ database, rooms }: Deps): Subscriber =>
  subscribe({
    name: 'events.tellCapacity',
    fact: capacityChanged,
    run: async ({ eventId }, factId) => {
      const data = await readAvailability(database, eventId);
      if (data) await refreshPrice(database, eventId);
      if (data) await appendToEvent(rooms, eventId, { id: factId, signal: capacity.name, data });
    },
  });
