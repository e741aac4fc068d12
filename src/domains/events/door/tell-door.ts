import { AppError } from '../../../kernel/errors.ts';
import type { Draft, RoomLog } from '../../../platform/rooms/log.ts';
import { doorRoomOf } from './room-name.rules.ts';

/** Appends to the room of an event's doors; of an event that is gone there is no room any more. */
export const appendToDoor = async (rooms: Pick<RoomLog, 'append'>, eventId: string, draft: Draft): Promise<void> => {
  try {
    await rooms.append(doorRoomOf(eventId), draft);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
  }
};
