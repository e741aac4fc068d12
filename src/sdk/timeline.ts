import type { Entry, Message } from './contract.ts';
import type { Position } from './gate.ts';

/** What is known of a chat at one place of its log: a snapshot, and every entry since. Never changed, only replaced. */
export interface Timeline {
  position: Position;
  /** Ascending by `seq`, without holes. */
  messages: readonly Message[];
  /** Give it as `before` to `chat.history` for what was said earlier; null when all is here. */
  olderCursor: number | null;
  /** How far each person has read, as far as it is known. */
  readTo: Readonly<Record<string, number>>;
}

/** A page of `chat.history`. */
export interface HistoryPage {
  items: readonly Message[];
  nextCursor: number | null;
  position: Position;
}

/** Beyond it the oldest messages are let go again; `olderCursor` finds them. */
export const MAX_MESSAGES = 2_000;

/** The latest page of the history as the state to go on from. */
export const startTimeline = (page: HistoryPage, readTo: Record<string, number> = {}): Timeline => ({
  position: page.position,
  messages: page.items,
  olderCursor: page.nextCursor,
  readTo,
});

/** Puts an earlier page in front. `since` are the entries that arrived while it was on its way, for it may lack them. */
export const prependPage = (timeline: Timeline, page: HistoryPage, since: readonly Entry[] = []): Timeline => {
  const first = timeline.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  const older = page.items.filter(({ seq }) => seq < first);
  const merged: Timeline = { ...timeline, messages: [...older, ...timeline.messages], olderCursor: page.nextCursor };
  return since.reduce(withChange, merged);
};

/**
 * The state after one more entry. Applying an entry that the state already contains changes nothing, so a snapshot and
 * the log may overlap; a snapshot with every later entry applied equals a later snapshot.
 */
export const applyEntry = (timeline: Timeline, entry: Entry): Timeline => {
  if (entry.seq <= timeline.position.seq) return timeline;
  return { ...withChange(timeline, entry), position: { epoch: timeline.position.epoch, seq: entry.seq } };
};

/** Marks the caller's own reaction, which the log's totals do not name. */
export const markMine = (timeline: Timeline, seq: number, change: { emoji: string; on: boolean }): Timeline => {
  const mark = (message: Message): Message => {
    const others = message.mine.filter((emoji) => emoji !== change.emoji);
    return { ...message, mine: change.on ? [...others, change.emoji] : others };
  };
  return { ...timeline, messages: mapMessage(timeline.messages, seq, mark) };
};

type Change = Partial<Pick<Timeline, 'messages' | 'readTo' | 'olderCursor'>>;

const withChange = (timeline: Timeline, entry: Entry): Timeline => ({ ...timeline, ...changed(timeline, entry) });

const changed = (timeline: Timeline, entry: Entry): Change => {
  switch (entry.signal) {
    case 'chat.sent':
      return sent(timeline, entry);
    case 'chat.edited':
      return amend(timeline, entry, ({ mentions: _, ...message }) => ({
        ...message,
        body: entry.data.body,
        ...(entry.data.mentions === undefined ? {} : { mentions: entry.data.mentions }),
        editedAt: entry.at,
      }));
    case 'chat.deleted':
      return amend(timeline, entry, ({ media: _media, mentions: _mentions, here: _here, ...message }) => ({
        ...message,
        body: '',
        reactions: {},
        mine: [],
        deletedAt: entry.at,
      }));
    case 'chat.reacted':
      return amend(timeline, entry, (message) => ({ ...message, ...reactionsOf(message, entry.data.reactions) }));
    case 'chat.readTo':
      return { readTo: (entry.data.reads ?? []).reduce(readUpTo, timeline.readTo) };
    default:
      return {};
  }
};

const sent = ({ messages, olderCursor, readTo }: Timeline, entry: Entry<'chat.sent'>): Change => {
  const last = messages.at(-1);
  if (last && last.seq >= entry.seq) return {};
  const { seq, at, by = '', data } = entry;
  const message: Message = {
    ...data,
    seq,
    ordinal: entry.ordinal ?? (last?.ordinal ?? 0) + 1,
    senderId: by,
    sentAt: at,
    reactions: {},
    mine: [],
    appliedSeq: seq,
  };
  const kept = messages.length < MAX_MESSAGES ? messages : messages.slice(MAX_MESSAGES / 4);
  return {
    messages: [...kept, message],
    olderCursor: kept === messages ? olderCursor : (kept[0]?.seq ?? null),
    readTo: readUpTo(readTo, { userId: by, seq }),
  };
};

/** Changes the message the entry is about, unless the message knows it already or is gone. */
const amend = (
  { messages }: Timeline,
  entry: Entry<'chat.edited' | 'chat.deleted' | 'chat.reacted'>,
  change: (message: Message) => Message,
): Change => ({
  messages: mapMessage(messages, entry.data.seq, (message) => {
    if (message.appliedSeq >= entry.seq || message.deletedAt !== undefined) return message;
    return { ...change(message), appliedSeq: entry.seq };
  }),
});

const mapMessage = (
  messages: readonly Message[],
  seq: number,
  change: (message: Message) => Message,
): readonly Message[] => {
  const index = messages.findIndex((message) => message.seq === seq);
  const message = messages[index];
  return message ? messages.with(index, change(message)) : messages;
};

/** An emoji that nobody has on the message any more was taken back by the caller too. */
const reactionsOf = ({ mine }: Message, reactions: Record<string, number>): Pick<Message, 'reactions' | 'mine'> => ({
  reactions,
  mine: mine.filter((emoji) => reactions[emoji] !== undefined),
});

const readUpTo = (
  readTo: Readonly<Record<string, number>>,
  read: { userId: string; seq: number },
): Readonly<Record<string, number>> =>
  read.seq > (readTo[read.userId] ?? 0) ? { ...readTo, [read.userId]: read.seq } : readTo;
