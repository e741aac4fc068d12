import { AppError } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { revocationEpoch } from '../checkin/check-in.reads.ts';
import { scansInLog } from '../checkin/log.reads.ts';
import { presentLog } from '../checkin/log.steps.ts';
import { findEvent } from '../event/event.reads.ts';
import { devicesAtDoor, entriesPerMinute, gatesAtDoor, typesAtDoor } from './board.reads.ts';
import { board } from './contract.ts';
import { countDoor } from './counts.reads.ts';
import { keeperOf } from './keeper.reads.ts';
import { standsAtDoor } from './policy.ts';
import { doorRoomOf } from './room-name.rules.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'position'>;
  clock: Clock;
}

const LAST_SCANS = 20;

/** Reads an event's board. The room's number is read first: a signal that comes meanwhile is seen twice rather than never. */
export const showBoard = ({ database, rooms, clock }: Deps) =>
  handle(board, {
    load: ({ eventId }, { actor }) => keeperOf(database, eventId, actor),
    sees: (_actor, keeper) => standsAtDoor(keeper),
    allow: anyone,
    run: async ({ eventId }) => {
      const { seq } = await rooms.position(doorRoomOf(eventId));
      const event = await findEvent(database, eventId);
      const counts = await countDoor(database, eventId);
      if (!event || !counts) throw new AppError('NOT_FOUND', 'There is no such thing, or not for you.');
      const rows = await scansInLog(database, { eventId, after: null, limit: LAST_SCANS });
      const gates = await gatesAtDoor(database, eventId);
      const devices = await devicesAtDoor(database, eventId, await revocationEpoch(database, eventId));
      return {
        ...counts,
        title: event.title,
        startDate: event.startDate.toISOString(),
        endDate: event.endDate.toISOString(),
        timeZone: event.timeZone,
        types: await typesAtDoor(database, eventId),
        gates: gates.map((gate) => ({ ...gate, lastScanAt: gate.lastScanAt.toISOString() })),
        devices: devices.map((device) => ({ ...device, lastSeenAt: device.lastSeenAt.toISOString() })),
        perMinute: await entriesPerMinute(database, eventId, clock.now()),
        lastScans: await presentLog(database, rows),
        seq,
      };
    },
  });
