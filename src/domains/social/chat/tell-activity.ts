import type { RoomBatch } from '../../../kernel/domain.ts';
import type { Log } from '../../../platform/log.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { isSent, type SentEntry } from './entry.rules.ts';
import { roomOf } from './room-name.rules.ts';
import { activity } from './signals/contract.ts';

/** How often what is new in chats is told. */
const TICK_MS = 1_000;
/** A chat of so many members rests this long for each of them before its next news is told, and at most half a minute. */
const REST_MS_PER_MEMBER = 10;
const MAX_REST_MS = 30_000;
/** Chats of one tick; the others are told with the next ones. */
const CHATS_PER_TICK = 500;
/** Chats that may wait to be told; beyond it the news of the oldest is left out. */
const MAX_WAITING = 10_000;
/** Users that one broadcast names. */
const USERS_AT_ONCE = 1_000;

interface Deps {
  /** The present members of these chats, by chat. */
  findMembers: (chatIds: string[]) => Promise<Map<string, string[]>>;
  sockets: Pick<Sockets, 'tellUsers'>;
  log: Pick<Log, 'warn'>;
}

/**
 * Tells members of the last message of their chats, wherever they are connected and do not watch the chat: once a second at
 * most, in large chats less often. Best effort, as signals are; a list that is loaded later shows it anyway.
 * @returns takes what has been stored
 */
export const tellActivity = ({ findMembers, sockets, log }: Deps): ((batches: RoomBatch[]) => void) => {
  const waiting = new Map<string, SentEntry>();
  const restsUntilMs = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  const tell = async (): Promise<void> => {
    timer = undefined;
    const nowMs = performance.now();
    for (const [chatId, untilMs] of restsUntilMs) if (untilMs <= nowMs) restsUntilMs.delete(chatId);
    const due = [...waiting].filter(([chatId]) => !restsUntilMs.has(chatId)).slice(0, CHATS_PER_TICK);
    for (const [chatId] of due) waiting.delete(chatId);
    const members = due.length === 0 ? new Map<string, string[]>() : await findMembers(due.map(([chatId]) => chatId));
    for (const [chatId, message] of due) {
      const userIds = members.get(chatId) ?? [];
      restsUntilMs.set(chatId, nowMs + Math.min(MAX_REST_MS, TICK_MS + userIds.length * REST_MS_PER_MEMBER));
      for (let from = 0; from < userIds.length; from += USERS_AT_ONCE) {
        sockets.tellUsers(userIds.slice(from, from + USERS_AT_ONCE), activity, newsOf(chatId, message), roomOf(chatId));
      }
    }
    wake();
  };

  const wake = (): void => {
    if (waiting.size === 0 || timer) return;
    const told = (): void => void tell().catch((err: unknown) => log.warn({ err }, 'news of chats was not told'));
    timer = setTimeout(told, TICK_MS).unref();
  };

  return (batches) => {
    for (const { id, entries } of batches) {
      const last = entries.findLast(isSent);
      if (!last) continue;
      // Taken out first, so that the map's order is the order of the news.
      waiting.delete(id);
      waiting.set(id, last);
    }
    for (const chatId of waiting.keys()) {
      if (waiting.size <= MAX_WAITING) break;
      waiting.delete(chatId);
    }
    wake();
  };
};

/** Bytes count: this goes to every member. */
const PREVIEW_CHARACTERS = 200;

const newsOf = (chatId: string, { seq, ordinal, atMs, by, data }: SentEntry) => ({
  chatId,
  lastMessage: {
    id: data.id,
    seq,
    ordinal,
    senderId: by,
    sentAt: new Date(atMs).toISOString(),
    preview: [...data.body].slice(0, PREVIEW_CHARACTERS).join(''),
    pictures: data.media?.length ?? 0,
    ...(data.mentions === undefined ? {} : { mentions: data.mentions }),
  },
});
