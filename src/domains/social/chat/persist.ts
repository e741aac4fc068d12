import type { RoomBatch, RoomEntry } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { attachToMessages, deleteWithMessages } from '../../media/api.writes.ts';
import { isChange, isSent, pointersOf } from './entry.rules.ts';
import { mentionsOf } from './mention.rules.ts';
import { insertMentions, replaceMentions, tellOfCalls } from './mention.writes.ts';
import { lockMessages } from './message.reads.ts';
import { insertMessages, insertRevisions, updateMessages } from './message.writes.ts';
import { type MessageState, messageFrom } from './message-state.rules.ts';
import { unpin } from './pin.writes.ts';
import { movePointers, type Progress, type ReadPointer, raiseProgress } from './progress.writes.ts';
import { deleteReactions, deleteReactionsOn, insertReactions } from './reaction.writes.ts';
import { chatsAmong } from './remove-chats.reads.ts';
import { type ChatChange, replayChanges } from './replay-changes.rules.ts';

/**
 * Stores what chats' logs say, all rooms together in a handful of statements. Harmless to repeat, in whole or in part:
 * messages are keyed by their place in the log, changes are guarded by the last entry applied, pointers only rise.
 */
export const persistChats = async (tx: Transaction, batches: RoomBatch[]): Promise<void> => {
  const rooms = await withChats(tx, batches);
  if (rooms.length === 0) return;
  // First, and in one order: it makes two transactions over the same rooms wait for each other instead of blocking.
  await raiseProgress(tx, rooms.map(progressOf));
  const messages = rooms.flatMap(messagesOf);
  await insertMessages(tx, messages);
  await attachToMessages(tx, messages);
  await insertMentions(tx, messages.map(mentionsOf));
  await tellOfCalls(tx, messages);
  await persistChanges(tx, rooms.flatMap(changesOf));
  await movePointers(tx, rooms.flatMap(readPointersOf));
};

/** Those with something to store, in order. Of a chat that was removed nothing is stored any more. */
const withChats = async (tx: Transaction, batches: RoomBatch[]): Promise<RoomBatch[]> => {
  const filled = batches.filter((batch) => batch.entries.length > 0);
  if (filled.length === 0) return [];
  const present = await chatsAmong(
    tx,
    filled.map(({ id }) => id),
  );
  return filled.filter(({ id }) => present.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
};

const persistChanges = async (tx: Transaction, entries: ChatChange[]): Promise<void> => {
  if (entries.length === 0) return;
  const places = new Map(
    entries.map(({ chatId, entry }) => [`${chatId}:${entry.data.seq}`, place(chatId, entry.data)]),
  );
  const replayed = replayChanges(await lockMessages(tx, [...places.values()]), entries);
  await insertRevisions(tx, replayed.revisions);
  await updateMessages(tx, replayed.messages);
  await replaceMentions(tx, replayed.mentions);
  await unpin(tx, replayed.deleted);
  await deleteReactionsOn(tx, replayed.deleted);
  await deletePicturesOf(tx, replayed.deleted);
  await deleteReactions(tx, replayed.reactionsOff);
  await insertReactions(tx, replayed.reactionsOn);
};

const deletePicturesOf = async (tx: Transaction, messages: MessageState[]): Promise<void> => {
  if (messages.length === 0) return;
  const lastMs = Math.max(...messages.map(({ deletedAtMs }) => deletedAtMs ?? 0));
  await deleteWithMessages(tx, messages, new Date(lastMs));
};

const place = (chatId: string, { seq }: { seq: number }) => ({ chatId, seq });

const progressOf = ({ id, epoch, entries }: RoomBatch): Progress => {
  const lastMessage = entries.findLast(isSent);
  return {
    chatId: id,
    epoch,
    lastSeq: entries.at(-1)?.seq ?? 0,
    lastOrdinal: lastMessage?.ordinal ?? 0,
    lastMessageAtMs: lastMessage?.atMs ?? null,
  };
};

const messagesOf = ({ id, entries }: RoomBatch): MessageState[] =>
  entries.flatMap((entry) => {
    const message = messageFrom(id, entry);
    return message ? [message] : [];
  });

const changesOf = ({ id, entries }: RoomBatch): ChatChange[] =>
  entries.filter(isChange).map((entry) => ({ chatId: id, entry }));

/** Each user's furthest pointer. The ordinal is known without looking where a message of this batch stands before it. */
const readPointersOf = ({ id, entries }: RoomBatch): ReadPointer[] => {
  const furthest = new Map<string, number>();
  for (const entry of entries) {
    for (const { userId, seq } of pointersOf(entry)) furthest.set(userId, Math.max(seq, furthest.get(userId) ?? 0));
  }
  return [...furthest].map(([userId, seq]) => ({ chatId: id, userId, seq, ordinal: ordinalAt(entries, seq) }));
};

const ordinalAt = (entries: RoomEntry[], seq: number): number | null =>
  entries.findLast((entry) => isSent(entry) && entry.seq <= seq)?.ordinal ?? null;
