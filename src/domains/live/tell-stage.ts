import { AppError } from '../../kernel/errors.ts';
import type { Draft, RoomLog } from '../../platform/rooms/log.ts';
import { roomOf } from './room-name.rules.ts';

/** For what is told of an event that may be gone: where there is no room, there is nobody to tell. */
export const passOverGone = (error: unknown): void => {
  if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
};

/** Appends to the room of an event. */
export const tellStage = async (rooms: Pick<RoomLog, 'append'>, eventId: string, draft: Draft): Promise<void> => {
  await rooms.append(roomOf(eventId), draft).catch(passOverGone);
};
