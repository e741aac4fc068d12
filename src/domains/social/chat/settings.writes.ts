import type { ChatJoinPolicy, ChatNotificationLevel } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

/** What may be changed of a group; absent stays. */
export interface ChatChange {
  title?: string;
  avatarAssetId?: string | null;
  joinPolicy?: ChatJoinPolicy;
  slowModeSeconds?: number;
}

export const updateChat = async (tx: Transaction, chatId: string, change: ChatChange): Promise<void> => {
  await tx.chat.update({ where: { id: chatId }, data: change, select: { id: true } });
};

/** @returns false when the chat has another slow mode than `from` */
export const changeSlowMode = async (
  tx: Transaction,
  { chatId, from, to }: { chatId: string; from: number; to: number },
): Promise<boolean> => {
  const { count } = await tx.chat.updateMany({
    where: { id: chatId, slowModeSeconds: from },
    data: { slowModeSeconds: to },
  });
  return count === 1;
};

/** What a member may change of their own view; absent stays. */
export interface ViewChange {
  notificationLevel?: ChatNotificationLevel;
  mutedUntil?: Date | null;
  isMarkedUnread?: boolean;
  hiddenAtOrdinal?: bigint | null;
}

export const updateOwnView = async (
  tx: Transaction,
  { chatId, userId }: { chatId: string; userId: string },
  change: ViewChange,
): Promise<void> => {
  await tx.chatParticipant.update({
    where: { chatId_userId: { chatId, userId } },
    data: change,
    select: { userId: true },
  });
};

/** @param until null lets the member write again @returns false for who is no member */
export const silence = async (
  tx: Transaction,
  { chatId, userId, until }: { chatId: string; userId: string; until: Date | null },
): Promise<boolean> => {
  const { count } = await tx.chatParticipant.updateMany({
    where: { chatId, userId, leftAt: null },
    data: { silencedUntil: until },
  });
  return count === 1;
};
