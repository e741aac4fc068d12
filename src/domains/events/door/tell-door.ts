import type { Draft, RoomLog } from '../../../platform/rooms/log.ts';
import { appendWhereThere } from '../event/tell-room.ts';
import { doorRoomOf } from './room-name.rules.ts';

/** Appends to the room of an event's doors. */
export const appendToDoor = (rooms: Pick<RoomLog, 'append'>, eventId: string, draft: Draft): Promise<void> =>
  appendWhereThere(rooms, doorRoomOf(eventId), draft);
