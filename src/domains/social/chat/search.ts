import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { findPage } from '../../../platform/db/search/find-page.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Pictured } from '../../media/api.ts';
import { findMembership } from './member.reads.ts';
import { type MessageView, overlay } from './overlay.rules.ts';
import { findPeople } from './people.ts';
import { presentMessages } from './present.ts';
import { roomOf } from './room-name.rules.ts';
import { search } from './search/contract.ts';
import { chatsOf, messageSearch, messageViews } from './search/message-search.reads.ts';

interface Deps extends Pictured {
  database: Database;
  /** May be a moment behind: it only says where to look. */
  replica: Database;
  rooms: Pick<RoomLog, 'undurable'>;
}

/** Where a message lies. */
interface Place {
  chatId: string;
  seq: number;
}

/**
 * Finds places by what is stored, then shows what the log has there now: whatever was deleted is not shown, however far
 * storing lags. Who left a chat no longer finds what was said there; who joined finds what was said before.
 */
export const searchMessages = ({ database, replica, rooms, pictures }: Deps) =>
  handle(search, {
    load: async ({ chatId }, { actor }) => {
      if (chatId === undefined) return chatsOf(database, actor.userId);
      return (await findMembership(database, chatId, actor.userId)) && [chatId];
    },
    allow: anyone,
    run: async ({ words, chatId, cursor, limit }, chatIds, { actor, now }) => {
      const wanted = messageSearch({ words, chatId, chatIds, cursor, limit });
      const { rows, nextCursor } = await findPage<{ chat_id: string; seq: number }>(replica, wanted);
      const places = rows.map(({ chat_id, seq }): Place => ({ chatId: chat_id, seq }));
      const views = await currentViews({ database, rooms }, places, actor.userId);
      const people = await findPeople(
        database,
        views.map(({ message }) => message.senderId),
        { pictures, now },
      );
      const messages = await presentMessages(database, views, { pictures, now });
      const items = messages.map((message, nth) => ({ ...message, chatId: views[nth]?.message.chatId ?? '' }));
      return { items, nextCursor, people: [...people.values()] };
    },
  });

/** The logs' ends are read before the rows: nothing falls between the two. */
const currentViews = async (
  { database, rooms }: Pick<Deps, 'database' | 'rooms'>,
  places: Place[],
  viewerId: string,
): Promise<MessageView[]> => {
  const chatIds = [...new Set(places.map(({ chatId }) => chatId))];
  const ends = await rooms.undurable(chatIds.map(roomOf));
  const stored = await messageViews(database, places, viewerId);
  const current = chatIds.flatMap((chatId) =>
    overlay(
      stored.filter(({ message }) => message.chatId === chatId),
      { chatId, viewerId, entries: ends.get(roomOf(chatId))?.entries ?? [] },
    ),
  );
  const key = (place: Place): string => `${place.chatId} ${place.seq}`;
  const byPlace = new Map(current.map((view) => [key(view.message), view]));
  return places.flatMap((place) => {
    const view = byPlace.get(key(place));
    return view && view.message.deletedAtMs === null ? [view] : [];
  });
};
