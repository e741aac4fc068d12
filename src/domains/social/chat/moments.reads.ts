import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { type Since, since } from '../../../platform/db/moments.ts';
import { findMembership } from './member.reads.ts';

/** A message as a timeline shows it. */
export interface MessageMoment {
  id: string;
  at: Date;
  seq: number;
  senderId: string;
  body: string;
}

/** Messages of a chat in the order they were sent; none for who is no member. What was deleted is left out. */
export const messageMoments = async (
  reader: Pick<Transaction, 'chatParticipant' | '$queryRaw'>,
  { chatId, userId, from, limit }: { chatId: string; userId: string; from: Since; limit: number },
): Promise<MessageMoment[]> => {
  if (!(await findMembership(reader, chatId, userId))) return [];
  const rows = await reader.$queryRaw<{ id: string; sent_at: Date; seq: bigint; sender_id: string; body: string }[]>`
    SELECT id, sent_at, seq, sender_id, body FROM messages
    WHERE chat_id = ${chatId}::uuid AND deleted_at IS NULL AND ${since(Prisma.sql`sent_at`, Prisma.sql`id`, from)}
    ORDER BY sent_at, id LIMIT ${limit}`;
  return rows.map(({ id, sent_at: at, seq, sender_id: senderId, body }) => ({
    id,
    at,
    seq: Number(seq),
    senderId,
    body,
  }));
};
