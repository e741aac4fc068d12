import type { RoomEntry } from '../../../kernel/domain.ts';
import { type ChangeEntry, isSent } from './entry.rules.ts';

/** A message as the log tells it; what PostgreSQL holds and what clients are shown both come from this. */
export interface MessageState {
  chatId: string;
  id: string;
  seq: number;
  ordinal: number;
  senderId: string;
  clientId: string;
  /** Empty once deleted. */
  body: string;
  /** Its pictures in their order, as far as they are known; some may have been deleted since. None once deleted. */
  mediaIds: readonly string[];
  replyToSeq: number | null;
  /** Members whom it names, as far as they are known. None once deleted. */
  mentionIds: readonly string[];
  /** Whether it calls everybody who is there. */
  callsHere: boolean;
  /** Said elsewhere before: by whom, null where they do not want to be named. */
  forwarded: { from: string | null } | null;
  sentAtMs: number;
  editedAtMs: number | null;
  deletedAtMs: number | null;
  /** Absolute totals; no emoji has 0. */
  reactions: Readonly<Record<string, number>>;
  /** The last entry that is part of this state. */
  appliedSeq: number;
}

/** The message that an entry brings into being, or null when it brings none. */
export const messageFrom = (chatId: string, entry: RoomEntry): MessageState | null => {
  if (!isSent(entry)) return null;
  const {
    id,
    clientId,
    body,
    replyToSeq = null,
    media = [],
    mentions = [],
    here = false,
    forwarded = null,
  } = entry.data;
  return {
    chatId,
    id,
    seq: entry.seq,
    ordinal: entry.ordinal,
    senderId: entry.by,
    clientId,
    body,
    mediaIds: media.map((picture) => picture.id),
    replyToSeq,
    mentionIds: mentions,
    callsHere: here,
    forwarded,
    sentAtMs: entry.atMs,
    editedAtMs: null,
    deletedAtMs: null,
    reactions: {},
    appliedSeq: entry.seq,
  };
};

/** Whether the entry still changes the message: it is newer than what was applied, and nothing changes a deleted one. */
export const changes = (message: MessageState, entry: ChangeEntry): boolean =>
  entry.seq > message.appliedSeq && message.deletedAtMs === null;

/**
 * The message after the entry. Whoever applies a room's entries in order arrives at the same state, wherever they
 * started from: an entry that is part of the state already changes nothing.
 */
export const applyEntry = (message: MessageState, entry: ChangeEntry): MessageState => {
  if (!changes(message, entry)) return message;
  const appliedSeq = entry.seq;
  if (entry.signal === 'chat.edited') {
    const { body, mentions = [] } = entry.data;
    return { ...message, body, mentionIds: mentions, editedAtMs: entry.atMs, appliedSeq };
  }
  if (entry.signal === 'chat.deleted') {
    const emptied = { body: '', mediaIds: [], mentionIds: [], callsHere: false, reactions: {} };
    return { ...message, ...emptied, deletedAtMs: entry.atMs, appliedSeq };
  }
  return { ...message, reactions: entry.data.reactions, appliedSeq };
};
