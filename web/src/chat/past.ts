import {
  applyEntry,
  type Entry,
  type Message,
  type Output,
  type Person,
  type Timeline,
} from '../../../src/sdk/index.ts';
import { client } from '../client.ts';

/** A part of a chat that lies before what is followed: where a search hit, a quote or a pin leads. */
export interface Past {
  messages: readonly Message[];
  people: Readonly<Record<string, Person>>;
  /** For earlier messages; null at the beginning of the chat. */
  before: number | null;
  /** For later messages; null where the end of the chat is reached. */
  after: number | null;
}

/** So many messages are held at once; beyond it those farther from the reader are let go, and loaded again on the way back. */
export const MAX_MESSAGES = 1_000;

const byId = (people: readonly Person[]): Record<string, Person> =>
  Object.fromEntries(people.map((person) => [person.userId, person]));

/** The messages around one. @throws RallyError */
export const pastAround = async (chatId: string, seq: number): Promise<Past> => {
  const { items, before, after, people } = await client.call('chat.around', { chatId, seq });
  return { messages: items, before, after, people: byId(people) };
};

/** The part with its next page on one side. @throws RallyError */
export const widened = async (chatId: string, past: Past, side: 'before' | 'after'): Promise<Past> => {
  const from = past[side];
  if (from === null) return past;
  const page = await client.call('chat.history', { chatId, [side]: from });
  const people = { ...past.people, ...byId(page.people) };
  return side === 'before' ? withEarlier({ ...past, people }, page) : withLater({ ...past, people }, page);
};

type Page = Output<'chat.history'>;

const withEarlier = (past: Past, page: Page): Past => {
  const all = [...page.items, ...past.messages];
  const messages = all.slice(0, MAX_MESSAGES);
  const after = messages.length < all.length ? (messages.at(-1)?.seq ?? null) : past.after;
  return { ...past, messages, before: page.nextCursor, after };
};

const withLater = (past: Past, page: Page): Past => {
  const all = [...past.messages, ...page.items];
  const messages = all.slice(-MAX_MESSAGES);
  const before = messages.length < all.length ? (messages[0]?.seq ?? null) : past.before;
  return { ...past, messages, before, after: page.nextCursor };
};

/** The beginning of what is followed, as a part of its own, from which the reader goes on to what was said before. */
export const pastFrom = ({ messages, olderCursor }: Timeline, people: Past['people']): Past => {
  const kept = messages.slice(0, MAX_MESSAGES / 2);
  const after = kept.length < messages.length ? (kept.at(-1)?.seq ?? null) : null;
  return { messages: kept, people, before: olderCursor, after };
};

/** The messages of a chat that are drawn. */
export interface Shown {
  messages: readonly Message[];
  hasEarlier: boolean;
  /** Whether the end of the chat is among it, so that what is said now appears. */
  isFollowed: boolean;
}

/** The past, the end of the chat, or both once the reader has come from the one to the other. */
export const shownOf = (past: Past | null, timeline: Timeline): Shown => {
  const followed = { messages: timeline.messages, hasEarlier: timeline.olderCursor !== null, isFollowed: true };
  if (!past) return followed;
  const hasEarlier = past.before !== null;
  const lastSeq = past.messages.at(-1)?.seq ?? 0;
  const firstSeq = timeline.messages[0]?.seq ?? 0;
  if (past.after !== null && lastSeq < firstSeq) return { messages: past.messages, hasEarlier, isFollowed: false };
  const earlier = past.messages.filter(({ seq }) => seq < firstSeq);
  return { messages: [...earlier, ...timeline.messages], hasEarlier, isFollowed: true };
};

/** The part after what has just happened in the chat: changes to its messages, nothing that was said since. */
export const changedBy = (past: Past, entries: readonly Entry[]): Past => {
  const start = { position: { epoch: '', seq: 0 }, messages: past.messages, olderCursor: null, readTo: {} };
  const changes = entries.filter(({ signal }) => signal !== 'chat.sent');
  return changes.length === 0 ? past : { ...past, messages: changes.reduce(applyEntry, start).messages };
};
