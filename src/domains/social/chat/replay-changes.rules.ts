import type { ChangeEntry } from './entry.rules.ts';
import { type Mentions, mentionsOf } from './mention.rules.ts';
import type { Revision } from './message.writes.ts';
import { applyEntry, changes, type MessageState } from './message-state.rules.ts';
import type { MessageKey, ReactionRow } from './reaction.writes.ts';

export interface ChatChange {
  chatId: string;
  entry: ChangeEntry;
}

/** What has to be written so that PostgreSQL holds the changes. */
export interface Replayed {
  messages: MessageState[];
  revisions: Revision[];
  /** Messages whose text changed, with whom they name now. */
  mentions: Mentions[];
  deleted: MessageState[];
  reactionsOn: ReactionRow[];
  reactionsOff: ReactionRow[];
}

/** The message that a change is about, by a key for maps. */
const keyOf = (chatId: string, seq: number): string => `${chatId}:${seq}`;

/**
 * Applies entries, each room's in log order, to the messages as they are stored. Pure; whatever is part of a stored
 * message already, or came after its deletion, leads to nothing.
 */
export const replayChanges = (stored: MessageState[], entries: ChatChange[]): Replayed => {
  const current = new Map(stored.map((message) => [keyOf(message.chatId, message.seq), message]));
  const changed = new Map<string, MessageState>();
  const revisions: Revision[] = [];
  const reactions = createReactionSet();
  const reworded = new Set<string>();
  for (const { chatId, entry } of entries) {
    const key = keyOf(chatId, entry.data.seq);
    const message = current.get(key);
    if (!message || !changes(message, entry)) continue;
    if (entry.signal === 'chat.reacted') reactions.turn(message, entry);
    else {
      revisions.push(revisionOf(message, entry));
      reworded.add(key);
    }
    if (entry.signal === 'chat.deleted') reactions.forget(message);
    const next = applyEntry(message, entry);
    current.set(key, next);
    changed.set(key, next);
  }
  const messages = [...changed.values()];
  return {
    messages,
    revisions,
    mentions: messages.filter(({ chatId, seq }) => reworded.has(keyOf(chatId, seq))).map(mentionsOf),
    deleted: messages.filter((message) => message.deletedAtMs !== null),
    ...reactions.rows(),
  };
};

const revisionOf = (message: MessageState, entry: ChangeEntry & { by?: string }): Revision => ({
  chatId: message.chatId,
  seq: message.seq,
  replacedBy: entry.seq,
  body: message.body,
  editorId: entry.by ?? message.senderId,
  replacedAtMs: entry.atMs,
});

type Reacted = Extract<ChangeEntry, { signal: 'chat.reacted' }>;

/** The last word on every (message, emoji, user). */
const createReactionSet = () => {
  const byMessage = new Map<string, Map<string, { row: ReactionRow; on: boolean }>>();
  return {
    turn: ({ chatId, seq }: MessageKey, { atMs, hidden }: Reacted): void => {
      const key = keyOf(chatId, seq);
      const ofMessage = byMessage.get(key) ?? new Map<string, { row: ReactionRow; on: boolean }>();
      byMessage.set(key, ofMessage);
      for (const [emoji, userId, on] of hidden.changes) {
        ofMessage.set(`${emoji} ${userId}`, { row: { chatId, seq, emoji, userId, reactedAtMs: atMs }, on: on === 1 });
      }
    },
    forget: ({ chatId, seq }: MessageKey): void => {
      byMessage.delete(keyOf(chatId, seq));
    },
    rows: () => {
      const all = [...byMessage.values()].flatMap((ofMessage) => [...ofMessage.values()]);
      return {
        reactionsOn: all.filter(({ on }) => on).map(({ row }) => row),
        reactionsOff: all.filter(({ on }) => !on).map(({ row }) => row),
      };
    },
  };
};
