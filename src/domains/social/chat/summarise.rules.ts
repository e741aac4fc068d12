import type { RoomEntry } from '../../../kernel/domain.ts';
import type { Position } from '../../../platform/rooms/log.ts';
import { isChange, isSent, pointersOf } from './entry.rules.ts';
import type { StoredSummary } from './list.reads.ts';
import { type MessageView, overlay } from './overlay.rules.ts';

/** The end of a chat's log; null when its log is not in Redis and so is wholly stored. */
export type LogEnd = { position: Position; entries: RoomEntry[] } | null;

/** A chat as its log has it at this moment, for one of its members. */
export interface Summary
  extends Omit<StoredSummary, 'lastReadOrdinal' | 'pointerOrdinal' | 'deletedUnread' | 'mentionSeqs'> {
  unread: number;
  /** Unread messages that name the user. */
  mentions: number;
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
  const { lastReadOrdinal, pointerOrdinal, deletedUnread, mentionSeqs, ...chat } = stored;
  const { lastOrdinal } = chat;
  const entries = end?.entries ?? [];
  const lastMessage = lastMessageOf(stored, entries, userId);
  const read = readBy(stored, end, userId);
  const ordinal = Math.max(lastOrdinal, end?.position.ordinal ?? 0);
  return {
    ...chat,
    lastMessage,
    lastReadSeq: read.seq,
    unread: Math.max(0, ordinal - read.ordinal - deletedUnread - deletedIn(entries, read.seq)),
    mentions: mentionsAfter(mentionSeqs, { entries, userId, seq: read.seq }),
    updatedAtMs: Math.max(stored.createdAtMs, lastMessage?.message.sentAtMs ?? 0),
    position: end ? { epoch: end.position.epoch, seq: end.position.seq } : stored.position,
  };
};

interface Reading {
  entries: RoomEntry[];
  userId: string;
  /** How far the user has read. */
  seq: number;
}

/** How many messages after `seq` name the user. An entry may be part of what is stored already: the same twice is once. */
const mentionsAfter = (stored: readonly number[], { entries, userId, seq }: Reading): number => {
  const naming = new Set(stored.filter((each) => each > seq));
  for (const entry of entries) {
    if (isSent(entry) && entry.seq > seq && entry.data.mentions?.includes(userId)) naming.add(entry.seq);
    if (!isChange(entry) || entry.signal === 'chat.reacted' || entry.data.seq <= seq) continue;
    const names = entry.signal === 'chat.edited' && entry.data.mentions?.includes(userId);
    if (names) naming.add(entry.data.seq);
    else naming.delete(entry.data.seq);
  }
  return naming.size;
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
