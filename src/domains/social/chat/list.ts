import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { type Pictured, picturesById } from '../../media/api.ts';
import type { Message, Person } from '../shapes/contract.ts';
import { list } from './contract.ts';
import { chatsByActivity, summariesOf } from './list.reads.ts';
import { presentOwnView } from './own-view.reads.ts';
import { findPeople, unknownPerson } from './people.ts';
import { presentMessages } from './present.ts';
import { roomOf } from './room-name.rules.ts';
import { pointerIn, type Summary, summarise } from './summarise.rules.ts';

interface Deps extends Pictured {
  database: Database;
  rooms: Pick<RoomLog, 'undurable'>;
}

/**
 * The caller's chats. Which ones are on the page is decided by what is stored; each of them is then shown, and put in
 * order, as its log has it now.
 */
export const listChats = (deps: Deps) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ cursor, limit, hidden }, _subject, { actor, now }) => {
      const after = readCursor(cursor);
      const rows = await chatsByActivity(deps.database, { userId: actor.userId, after, hidden, limit: limit + 1 });
      const { items, nextCursor } = pageOf(rows, limit, (place) => place);
      const summaries = await currentSummaries(
        deps,
        actor.userId,
        items.map(({ id }) => id),
      );
      const people = await findPeople(
        deps.database,
        summaries.flatMap(({ peerId }) => peerId ?? []),
        { pictures: deps.pictures, now },
      );
      const lastMessages = await presentLast(deps, summaries, now);
      const avatars = await presentAvatars(deps, summaries, now);
      return {
        items: summaries.map((summary) => present(summary, { people, lastMessages, avatars, now })),
        nextCursor,
      };
    },
  });

/** One question to Redis, then one to PostgreSQL: nothing falls between the two. */
const currentSummaries = async ({ database, rooms }: Deps, userId: string, chatIds: string[]): Promise<Summary[]> => {
  const ends = await rooms.undurable(chatIds.map(roomOf));
  const endOf = (chatId: string) => ends.get(roomOf(chatId)) ?? null;
  const wanted = chatIds.map((chatId) => ({
    chatId,
    pointer: pointerIn(endOf(chatId), userId),
    durable: endOf(chatId)?.position.durable ?? null,
  }));
  const stored = await summariesOf(database, userId, wanted);
  return stored
    .map((summary) => summarise(summary, endOf(summary.id), userId))
    .sort((a, b) => b.updatedAtMs - a.updatedAtMs || (a.id < b.id ? 1 : -1));
};

/** The last messages by their ids. */
const presentLast = async ({ database, pictures }: Deps, summaries: Summary[], now: Date) => {
  const views = summaries.flatMap(({ lastMessage }) => lastMessage ?? []);
  const messages = await presentMessages(database, views, { pictures, now });
  return new Map(messages.map((message) => [message.id, message]));
};

/** The addresses of the chats' pictures, by the pictures' ids. */
const presentAvatars = async ({ database, pictures }: Deps, summaries: Summary[], now: Date) => {
  const ids = summaries.flatMap(({ avatarAssetId }) => avatarAssetId ?? []);
  const shown = await picturesById(database, ids, { pictures, now });
  return new Map([...shown].map(([id, { sources }]) => [id, sources[0]?.url ?? null]));
};

interface Shown {
  people: Map<string, Person>;
  lastMessages: Map<string, Message>;
  avatars: Map<string, string | null>;
  now: Date;
}

const present = (
  { peerId, createdAtMs, updatedAtMs, avatarAssetId, own, lastOrdinal, ...chat }: Summary,
  { people, lastMessages, avatars, now }: Shown,
) => ({
  ...chat,
  avatarUrl: (avatarAssetId && avatars.get(avatarAssetId)) ?? null,
  own: presentOwnView(own, lastOrdinal, now),
  peer: peerId === null ? null : (people.get(peerId) ?? unknownPerson(peerId)),
  lastMessage: chat.lastMessage && (lastMessages.get(chat.lastMessage.message.id) ?? null),
  createdAt: new Date(createdAtMs).toISOString(),
  updatedAt: new Date(updatedAtMs).toISOString(),
});
