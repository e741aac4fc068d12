import type { Removing } from '../../../platform/removal.ts';
import { authorRemoved, chatClosed, memberRemoved } from '../facts.ts';
import { lockMembership } from './chat.writes.ts';
import { passOwnership } from './leave.ts';
import { endMembership } from './member.writes.ts';
import { chatsAmongTestAccounts, placesAmongOthers } from './remove-chats.reads.ts';
import { deleteChats, deleteMessagesOf, endChats } from './remove-chats.writes.ts';

/** One call removes at most so much, so that its transaction stays well below its bound. */
const MAX_CHATS = 1_000;
const MAX_PLACES = 500;
const MAX_MESSAGES = 10_000;

/**
 * Removes the chats that test accounts opened, whoever is in them, and ends the places that these accounts have in chats of
 * others; what they said there is deleted as their own act would. A chat ends for its members before it is emptied, so that
 * nobody sees half of it.
 * @returns false when there is more to remove
 */
export const removeChats = async (removing: Removing): Promise<boolean> => {
  const { tx, userIds, record, now } = removing;
  const chatIds = await chatsAmongTestAccounts(tx, userIds, MAX_CHATS);
  const ended = await endChats(tx, chatIds, now);
  for (const chat of ended) await record(chatClosed, chat);
  const left = await leaveChatsOfOthers(removing);
  if (ended.length > 0 || left > 0) return false;
  if ((await deleteMessagesOf(tx, chatIds, MAX_MESSAGES)) === MAX_MESSAGES) return false;
  await deleteChats(tx, chatIds);
  if (chatIds.length === MAX_CHATS) return false;
  for (const place of await placesAmongOthers(tx, userIds)) {
    await record(authorRemoved, { chatId: place.chatId, userId: place.userId });
  }
  return true;
};

/** A pair's chat stays one of two: the other finds in it what was said. @returns how many places were ended */
const leaveChatsOfOthers = async ({ tx, userIds, record, now }: Removing): Promise<number> => {
  const places = await placesAmongOthers(tx, userIds);
  const open = places.filter(({ kind, leftAt }) => kind !== 'DIRECT' && leftAt === null).slice(0, MAX_PLACES);
  for (const { chatId, userId, kind, role } of open) {
    await lockMembership(tx, chatId);
    await endMembership(tx, { chatId, userId, byChoice: false, now });
    const ownerId = kind === 'GROUP' && role === 'OWNER' ? await passOwnership(tx, chatId) : null;
    await record(memberRemoved, { chatId, userId, removedBy: userId, ...(ownerId === null ? {} : { ownerId }) });
  }
  return open.length;
};
