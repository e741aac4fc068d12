import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Draft, RoomLog } from '../../../platform/rooms/log.ts';
import { wireMoney } from '../../payments/api.ts';
import { toTime } from '../times.rules.ts';
import { updated } from './contract.ts';
import { findEvent } from './event.reads.ts';
import { roomOf } from './room-name.rules.ts';

export interface TellDeps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
}

interface Telling extends Pick<Draft, 'by' | 'evicts'> {
  /** Idempotency id within the room. */
  id: string;
  eventId: string;
  /** Fields that changed. */
  changed: string[];
}

/** Tells who watches the event what changed, with the event as it is now. An event that is gone has nobody to tell. */
export const tellRoom = async ({ database, rooms }: TellDeps, telling: Telling): Promise<void> => {
  const { id, eventId, changed, ...rest } = telling;
  const event = await findEvent(database, eventId);
  if (!event) return;
  const { status, title, timeZone, venue } = event;
  const dates = { startDate: toTime(event.startDate), endDate: toTime(event.endDate) };
  const data = {
    eventId,
    changed,
    status,
    title,
    ...dates,
    timeZone,
    venue,
    price: wireMoney(event.price, event.currency),
  };
  await appendToEvent(rooms, eventId, { id, signal: updated.name, data, ...rest });
};

/** Appends to an event's room. */
export const appendToEvent = (rooms: Pick<RoomLog, 'append'>, eventId: string, draft: Draft): Promise<void> =>
  appendWhereThere(rooms, roomOf(eventId), draft);

/** Appends to a room of an event; of an event that is gone there is no room any more. */
export const appendWhereThere = async (rooms: Pick<RoomLog, 'append'>, room: string, draft: Draft): Promise<void> => {
  try {
    await rooms.append(room, draft);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
  }
};
