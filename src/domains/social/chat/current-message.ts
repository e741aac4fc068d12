import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { messageAt, messagesAt } from './message.reads.ts';
import type { MessageState } from './message-state.rules.ts';
import { type MessageView, overlay } from './overlay.rules.ts';
import { roomOf } from './room-name.rules.ts';

interface Deps {
  database: Pick<Database, '$queryRaw'>;
  rooms: Pick<RoomLog, 'undurable'>;
}

/** The message as the log has it at this moment, or null when there is none at that place. */
export const findCurrentMessage = async (
  { database, rooms }: Deps,
  chatId: string,
  seq: number,
): Promise<MessageState | null> => {
  const entries = await logEnd(rooms, chatId);
  const message = await messageAt(database, chatId, seq);
  const stored = message ? [{ message, reactors: new Set<string>() }] : [];
  const views = overlay(stored, { chatId, viewerId: null, entries });
  return views.find((view) => view.message.seq === seq)?.message ?? null;
};

/** The messages at these places as the log has them at this moment, with everybody's reactions; absent where there is none. */
export const currentMessages = async (
  { database, rooms }: Deps,
  chatId: string,
  seqs: number[],
): Promise<Map<number, MessageView>> => {
  const entries = await logEnd(rooms, chatId);
  const stored = await messagesAt(database, chatId, seqs);
  const views = overlay(stored, { chatId, viewerId: null, entries });
  return new Map(views.map((view) => [view.message.seq, view]));
};

/** What may not be in PostgreSQL yet. To be read before PostgreSQL is, so that nothing falls between the two. */
const logEnd = async (rooms: Deps['rooms'], chatId: string) => {
  const room = roomOf(chatId);
  return (await rooms.undurable([room])).get(room)?.entries ?? [];
};
