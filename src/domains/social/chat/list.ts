import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Pictured } from '../../media/api.ts';
import type { Message, Person } from '../shapes/contract.ts';
import { list } from './contract.ts';
import { chatsByActivity, summariesOf } from './list.reads.ts';
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
    run: async ({ cursor, limit }, _subject, { actor, now }) => {
      const after = readCursor(cursor);
      const rows = await chatsByActivity(deps.database, { userId: actor.userId, after, limit: limit + 1 });
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
      return { items: summaries.map((summary) => present(summary, { people, lastMessages })), nextCursor };
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

interface Shown {
  people: Map<string, Person>;
  lastMessages: Map<string, Message>;
}

const present = ({ peerId, createdAtMs, updatedAtMs, ...chat }: Summary, { people, lastMessages }: Shown) => ({
  ...chat,
  peer: peerId === null ? null : (people.get(peerId) ?? unknownPerson(peerId)),
  lastMessage: chat.lastMessage && (lastMessages.get(chat.lastMessage.message.id) ?? null),
  createdAt: new Date(createdAtMs).toISOString(),
  updatedAt: new Date(updatedAtMs).toISOString(),
});
