import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { coalesce } from './coalesce.ts';
import { admitted, counted, noted } from './contract.ts';
import { countDoor } from './counts.reads.ts';
import { scansRecorded } from './facts.ts';
import { appendToDoor } from './tell-door.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
  sockets: Pick<Sockets, 'tellUser'>;
}

/** Counts are told this often at most, for each event and worker. */
const EVERY_MS = 250;

/** Tells the door of scans, and people that they are in. */
export const onScansRecorded = ({ database, rooms, sockets }: Deps): Subscriber[] => {
  const tellCounts = coalesce(EVERY_MS, async (eventId, factId) => {
    const data = await countDoor(database, eventId);
    if (data) await appendToDoor(rooms, eventId, { id: `counted ${factId}`, signal: counted.name, data });
  });
  return [
    subscribe({
      name: 'events.tellDoorOfScans',
      fact: scansRecorded,
      run: async ({ eventId, scans }, factId) => {
        const told = scans.map(({ userId: _, ...scan }) => scan);
        await appendToDoor(rooms, eventId, { id: factId, signal: noted.name, data: { eventId, scans: told } });
        for (const { userId, outcome, admissionId, listId, at } of scans) {
          if (outcome !== 'ADMITTED' || !userId || !admissionId || !listId) continue;
          sockets.tellUser(userId, admitted, { eventId, admissionId, listId, at });
        }
      },
    }),
    subscribe({
      name: 'events.tellDoorCounts',
      fact: scansRecorded,
      run: ({ eventId }, factId) => tellCounts(eventId, factId),
    }),
  ];
};
