import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { messagesOfPlaces } from './message.reads.ts';
import { type MessageView, overlay } from './overlay.rules.ts';
import { roomOf } from './room-name.rules.ts';

export interface MessagesNowDeps {
  database: Pick<Database, '$queryRaw'>;
  rooms: Pick<RoomLog, 'undurable'>;
}

interface Wanted {
  chatId: string;
  /** Whose reactions the views hold; null for everybody's. */
  viewerId: string | null;
  seqs: readonly number[];
}

/** The messages at these places, stored, archived or still in the log alone, as the log has them now; absent where there is none. */
export const messagesNow = async (
  { database, rooms }: MessagesNowDeps,
  { chatId, viewerId, seqs }: Wanted,
): Promise<Map<number, MessageView>> => {
  const wanted = new Set(seqs);
  const room = roomOf(chatId);
  // Read before the rows are, so that nothing falls between the two.
  const entries = (await rooms.undurable([room])).get(room)?.entries ?? [];
  const stored = await messagesOfPlaces(database, { chatId, viewerId, seqs: [...wanted] });
  const views = overlay(stored, { chatId, viewerId, entries });
  return new Map(views.filter(({ message }) => wanted.has(message.seq)).map((view) => [view.message.seq, view]));
};
