import type { Person } from '../adapter.ts';
import { get, mapSome } from './http.ts';

/** Chats that are looked into, spread over all of a run. */
const SAMPLE = 50;
const ASKED_AT_ONCE = 4;
const PAGE = 100;
/** A chat with news stands on the first pages of its members' lists. */
const MAX_PAGES = 20;

interface Room {
  id: string;
  members: readonly number[];
}

interface Summary {
  id: string;
  unread: number;
  lastReadSeq: number;
}

interface Message {
  seq: number;
  senderId: string;
  deletedAt?: string;
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | number | null;
}

/**
 * Counts, in a sample of a run's chats, those whose number of unread messages in one member's list is not the number of
 * messages of others behind that member's read pointer.
 */
export const countWrongUnread = async (url: string, people: readonly Person[], rooms: readonly Room[]) => {
  const step = Math.max(1, Math.floor(rooms.length / SAMPLE));
  const sample = rooms.filter((_, place) => place % step === 0).slice(0, SAMPLE);
  const wrong = await mapSome(sample, ASKED_AT_ONCE, async ({ id, members }) => {
    const reader = people[members.at(-1) ?? 0];
    return reader === undefined ? false : isWrong(url, reader, id.slice('chat:'.length));
  });
  return wrong.filter(Boolean).length;
};

const isWrong = async (url: string, reader: Person, chatId: string): Promise<boolean> => {
  const before = await summaryOf(url, reader, chatId);
  if (before === null) return true;
  const unread = await unreadAfter(url, reader, chatId, before.lastReadSeq);
  return unread !== before.unread;
};

const callerOf = ({ token = '', address }: Person) => ({
  accessToken: token,
  ...(address === undefined ? {} : { address }),
});

const summaryOf = async (url: string, reader: Person, chatId: string): Promise<Summary | null> => {
  let cursor = '';
  for (let at = 0; at < MAX_PAGES; at += 1) {
    const page: Page<Summary> = await get(`${url}/v1/chats?limit=${PAGE}${cursor}`, callerOf(reader));
    const found = page.items.find(({ id }) => id === chatId);
    if (found !== undefined) return found;
    if (page.nextCursor === null) return null;
    cursor = `&cursor=${page.nextCursor}`;
  }
  return null;
};

const unreadAfter = async (url: string, reader: Person, chatId: string, lastReadSeq: number): Promise<number> => {
  let unread = 0;
  let after: string | number | null = lastReadSeq;
  while (after !== null) {
    const path = `${url}/v1/chats/${chatId}/messages?after=${after}&limit=${PAGE}`;
    const page: Page<Message> = await get(path, callerOf(reader));
    unread += page.items.filter(({ senderId, deletedAt }) => senderId !== reader.id && deletedAt === undefined).length;
    after = page.nextCursor;
  }
  return unread;
};
