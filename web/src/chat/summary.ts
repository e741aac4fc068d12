import type { Entry, Output } from '../../../src/sdk/index.ts';
import { fullName } from '../format.ts';

/** A chat as the list shows it. */
export type Summary = Output<'chat.list'>['items'][number];

/** The summary after one more entry of the chat's log. `userId` is whose list it is. */
export const applyToSummary = (summary: Summary, entry: Entry, userId: string): Summary => {
  switch (entry.signal) {
    case 'chat.sent':
      return { ...summary, ...sent(summary, entry, userId) };
    case 'chat.updated':
      return { ...summary, ...entry.data };
    case 'chat.slowed':
      return { ...summary, slowModeSeconds: entry.data.seconds };
    case 'chat.edited':
      return changeLast(summary, entry.data.seq, { body: entry.data.body, editedAt: entry.at });
    case 'chat.deleted':
      return changeLast(summary, entry.data.seq, { body: '', media: [], deletedAt: entry.at });
    case 'chat.readTo':
      return (entry.data.reads ?? []).some((read) => read.userId === userId && isAll(summary, read.seq))
        ? { ...summary, unread: 0, mentions: 0 }
        : summary;
    default:
      return summary;
  }
};

const sent = ({ unread, mentions }: Summary, entry: Entry<'chat.sent'>, userId: string): Partial<Summary> => {
  const { seq, at, by = '', ordinal = 1, data } = entry;
  const lastMessage = { ...data, seq, ordinal, senderId: by, sentAt: at, reactions: {}, mine: [], appliedSeq: seq };
  // Who sends has read everything before.
  if (by === userId) return { lastMessage, updatedAt: at, unread: 0, mentions: 0, lastReadSeq: seq };
  const names = data.here || data.mentions?.includes(userId) ? 1 : 0;
  return { lastMessage, updatedAt: at, unread: unread + 1, mentions: mentions + names };
};

const changeLast = (summary: Summary, seq: number, change: Partial<NonNullable<Summary['lastMessage']>>): Summary => {
  const { lastMessage } = summary;
  if (lastMessage?.seq !== seq || lastMessage.deletedAt) return summary;
  return { ...summary, lastMessage: { ...lastMessage, ...change } };
};

const isAll = ({ lastMessage }: Summary, seq: number): boolean => seq >= (lastMessage?.seq ?? 0);

/** Newest activity first. */
export const byActivity = (a: Summary, b: Summary): number => b.updatedAt.localeCompare(a.updatedAt);

/** What a chat is called: its title, or the other person. */
export const nameOf = ({ title, peer }: Pick<Summary, 'title' | 'peer'>): string =>
  title ?? (peer ? fullName(peer) : 'Chat');
