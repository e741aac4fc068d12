import type { Transaction } from '../../../platform/db/client.ts';
import { messageAt } from './message.reads.ts';

type Reader = Pick<Transaction, 'chat' | 'chatParticipant' | '$queryRaw'>;

interface Wanted {
  chatId: string;
  seq: number;
  userIds: readonly string[];
  now: Date;
}

/** A message that somebody may be told of outside of its chat. */
export interface Notice {
  /** Null for a chat of two. */
  title: string | null;
  body: string;
  /** Those of the people who are in the chat and have not asked to be told nothing of it. */
  userIds: string[];
}

/** A message that names people, for whom of them still wants to be told; null when it is deleted, or the chat is gone. */
export const noticeOfMention = async (
  reader: Reader,
  { chatId, seq, userIds, now }: Wanted,
): Promise<Notice | null> => {
  const message = await messageAt(reader, chatId, seq);
  const chat = await reader.chat.findUnique({ where: { id: chatId }, select: { title: true } });
  if (!message || !chat || message.deletedAtMs !== null) return null;
  const rows = await reader.chatParticipant.findMany({
    where: {
      ...{ chatId, userId: { in: [...userIds] }, leftAt: null, notificationLevel: { not: 'NOTHING' } },
      OR: [{ mutedUntil: null }, { mutedUntil: { lte: now } }],
    },
    select: { userId: true },
  });
  return { title: chat.title, body: message.body, userIds: rows.map(({ userId }) => userId) };
};
