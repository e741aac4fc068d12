import type { RoomEntry } from '../../../kernel/domain.ts';
import type { Position } from '../../../platform/rooms/log.ts';
import { isChange, isSent, pointersOf } from './entry.rules.ts';
import type { StoredSummary } from './list.reads.ts';
import { type MessageView, overlay } from './overlay.rules.ts';

/** The end of a chat's log; null when its log is not in Redis and so is wholly stored. */
export type LogEnd = { position: Position; entries: RoomEntry[] } | null;

/** A chat as its log has it at this moment, for one of its members. */
export interface Summary
  extends Omit<StoredSummary, 'lastReadOrdinal' | 'pointerOrdinal' | 'lastOrdinal' | 'deletedUnread'> {
  unread: number;
  /** The time of the last message, or of the chat's opening. */
  updatedAtMs: number;
}

/** How far the user has read by what the log's end says, or null when it says nothing about them. */
export const pointerIn = (end: LogEnd, userId: string): number | null => {
  const own = (end?.entries ?? []).flatMap(pointersOf).filter((pointer) => pointer.userId === userId);
  return own.length === 0 ? null : Math.max(...own.map(({ seq }) => seq));
};

/** Lays the log's end over what is stored. Pure. The end must have been read first. */
export const summarise = (stored: StoredSummary, end: LogEnd, userId: string): Summary => {
  const { lastReadOrdinal, pointerOrdinal, lastOrdinal, deletedUnread, ...chat } = stored;
  const entries = end?.entries ?? [];
  const lastMessage = lastMessageOf(stored, entries, userId);
  const read = readBy(stored, end, userId);
  const ordinal = Math.max(lastOrdinal, end?.position.ordinal ?? 0);
  return {
    ...chat,
    lastMessage,
    lastReadSeq: read.seq,
    unread: Math.max(0, ordinal - read.ordinal - deletedUnread - deletedIn(entries, read.seq)),
    updatedAtMs: Math.max(stored.createdAtMs, lastMessage?.message.sentAtMs ?? 0),
    position: end ? { epoch: end.position.epoch, seq: end.position.seq } : stored.position,
  };
};

/** How many messages after `seq` these entries delete. Each message is deleted once. */
const deletedIn = (entries: RoomEntry[], seq: number): number =>
  entries.filter((entry) => isChange(entry) && entry.signal === 'chat.deleted' && entry.data.seq > seq).length;

const lastMessageOf = (stored: StoredSummary, entries: RoomEntry[], viewerId: string): MessageView | null => {
  const known = stored.lastMessage ? [stored.lastMessage] : [];
  return overlay(known, { chatId: stored.id, viewerId, entries }).at(-1) ?? null;
};

/** The user's pointer and how many messages lie at or before it. */
const readBy = (stored: StoredSummary, end: LogEnd, userId: string): { seq: number; ordinal: number } => {
  const seq = pointerIn(end, userId);
  if (seq === null || seq <= stored.lastReadSeq) return { seq: stored.lastReadSeq, ordinal: stored.lastReadOrdinal };
  const message = end?.entries.findLast((entry) => isSent(entry) && entry.seq <= seq);
  return { seq, ordinal: message?.ordinal ?? stored.pointerOrdinal ?? 0 };
};
