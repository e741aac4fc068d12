import type { RoomEntry } from '../../../kernel/domain.ts';
import { type ChangeEntry, isChange } from './entry.rules.ts';
import { applyEntry, changes, type MessageState, messageFrom } from './message-state.rules.ts';

/** A message, and who of those asked about reacted to it. */
export interface MessageView {
  message: MessageState;
  /** "emoji userId" of each reaction. */
  reactors: ReadonlySet<string>;
}

/** One reaction as `reactors` holds it. No emoji contains a space. */
export const reactorKey = (emoji: string, userId: string): string => `${emoji} ${userId}`;

export interface Overlay {
  chatId: string;
  /** Whose reactions `reactors` holds; null for everybody's. */
  viewerId: string | null;
  /** The end of the log, in order; it may overlap with what is stored. */
  entries: RoomEntry[];
}

/**
 * Messages as the log has them, from rows that lag behind it: adds what was sent since and applies what changed since.
 * Pure. The end of the log must have been read before the rows, so that nothing falls between the two.
 * @returns ascending by `seq`
 */
export const overlay = (stored: MessageView[], { chatId, viewerId, entries }: Overlay): MessageView[] => {
  const views = new Map(stored.map((view) => [view.message.seq, view]));
  for (const entry of entries) {
    const sent = messageFrom(chatId, entry);
    if (sent && !views.has(sent.seq)) views.set(sent.seq, { message: sent, reactors: new Set() });
    if (!isChange(entry)) continue;
    const view = views.get(entry.data.seq);
    if (view && changes(view.message, entry)) views.set(entry.data.seq, changed(view, entry, viewerId));
  }
  return [...views.values()].sort((a, b) => a.message.seq - b.message.seq);
};

const changed = ({ message, reactors }: MessageView, entry: ChangeEntry, viewerId: string | null): MessageView => ({
  message: applyEntry(message, entry),
  reactors: reactorsAfter(reactors, entry, viewerId),
});

const reactorsAfter = (reactors: ReadonlySet<string>, entry: ChangeEntry, viewerId: string | null) => {
  if (entry.signal === 'chat.deleted') return new Set<string>();
  if (entry.signal !== 'chat.reacted') return reactors;
  const after = new Set(reactors);
  for (const [emoji, userId, on] of entry.hidden.changes) {
    if (viewerId !== null && userId !== viewerId) continue;
    if (on === 1) after.add(reactorKey(emoji, userId));
    else after.delete(reactorKey(emoji, userId));
  }
  return after;
};
