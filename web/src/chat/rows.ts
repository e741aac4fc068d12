import type { Message, Unsent } from '../../../src/sdk/index.ts';
import { isSameDay } from '../format.ts';

/** One line of the room: a day, where the unread begin, a message, or an own one that is on its way. */
export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; message: Message; startsGroup: boolean }
  | { kind: 'echo'; key: string; entry: Unsent; startsGroup: boolean };

/** Messages of one person within this time stand together under one name. */
const GROUP_MS = 5 * 60_000;

export interface RowsInput {
  messages: readonly Message[];
  echoes: readonly Unsent[];
  userId: string;
  /** What was unread when the room was opened. */
  unread: Unread | null;
  /** Whether there are messages before these; then the first of them need not be the first unread one. */
  hasEarlier: boolean;
}

/** Messages of others after `after`, up to `upTo`. */
export interface Unread {
  after: number;
  upTo: number;
}

interface Said {
  by: string;
  at: string;
}

/** Lays out a room. A message keeps its key when its own entry takes the place of its echo. */
export const rowsOf = ({ messages, echoes, userId, unread, hasEarlier }: RowsInput): Row[] => {
  const rows: Row[] = [];
  const isUnread = ({ seq, senderId }: Message): boolean =>
    unread !== null && seq > unread.after && seq <= unread.upTo && senderId !== userId;
  const firstUnread = messages.find(isUnread);
  let before: Said | undefined;
  const introduce = (said: Said): boolean => {
    const isNewDay = !before || !isSameDay(before.at, said.at);
    if (isNewDay) rows.push({ kind: 'day', key: `day-${said.at}`, at: said.at });
    const startsGroup = isNewDay || before?.by !== said.by || Date.parse(said.at) - Date.parse(before.at) > GROUP_MS;
    before = said;
    return startsGroup;
  };
  for (const message of messages) {
    const startsGroup = introduce({ by: message.senderId, at: message.sentAt });
    const isFirstUnread = message === firstUnread && !(hasEarlier && message === messages[0]);
    if (isFirstUnread) rows.push({ kind: 'unread', key: 'unread' });
    rows.push({ kind: 'message', key: message.clientId, message, startsGroup: startsGroup || isFirstUnread });
  }
  for (const entry of echoes) {
    rows.push({
      kind: 'echo',
      key: entry.clientId,
      entry,
      startsGroup: introduce({ by: userId, at: entry.createdAt }),
    });
  }
  return rows;
};
