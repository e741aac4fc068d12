import type { Transaction } from '../../platform/db/client.ts';
import { recordFact } from '../../platform/facts/outbox.ts';
import type { Removal } from '../../platform/removal.ts';
import { removeChats } from './chat/remove-chats.steps.ts';
import { changeSlowMode, silence } from './chat/settings.writes.ts';
import { chatSlowed, memberSilenced } from './facts.ts';

/**
 * Lets a member of a chat read and not write, edit, react or type until a time; null lets them write again. Every node obeys
 * within a second of the commit. @returns false for who is no member
 */
export const silenceInChat = async (
  tx: Transaction,
  { chatId, userId, until }: { chatId: string; userId: string; until: Date | null },
): Promise<boolean> => {
  const isMember = await silence(tx, { chatId, userId, until });
  if (isMember) await recordFact(tx, memberSilenced, { chatId, userId, until: until?.toISOString() ?? null });
  return isMember;
};

/**
 * Changes the least time between two messages of one member from `from` to `to`, in seconds. Every node obeys within a second
 * of the commit. @returns false when it is another than `from`, which stays
 */
export const slowChat = async (
  tx: Transaction,
  { chatId, from, to }: { chatId: string; from: number; to: number },
): Promise<boolean> => {
  const isChanged = await changeSlowMode(tx, { chatId, from, to });
  if (isChanged) await recordFact(tx, chatSlowed, { chatId, seconds: to, changedBy: null });
  return isChanged;
};

/** See `chat/remove-chats.ts`: removes the chats that test accounts opened, and their places in those of others. */
export const removeChatsOf: Removal = (removing) => removeChats(removing);
