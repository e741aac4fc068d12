import type { Transaction } from '../../../platform/db/client.ts';

/** A chat that just ended, and the people among its members. */
interface Ended {
  chatId: string;
  userIds: string[];
}

/** Ends every membership of these chats. @returns the chats that had members until now */
export const endChats = (tx: Transaction, chatIds: readonly string[], now: Date): Promise<Ended[]> =>
  tx.$queryRaw`
    WITH ended AS (
      UPDATE chat_participants SET left_at = ${now}, role = 'MEMBER'
      WHERE chat_id = ANY(${[...chatIds]}::uuid[]) AND left_at IS NULL RETURNING chat_id, user_id
    )
    SELECT ended.chat_id AS "chatId",
      coalesce(array_agg(ended.user_id::text) FILTER (WHERE NOT users.is_test), '{}') AS "userIds"
    FROM ended JOIN users ON users.id = ended.user_id GROUP BY ended.chat_id ORDER BY ended.chat_id`;

/**
 * Deletes up to `limit` messages of these chats, live and archived, with their reactions and earlier texts. Pictures in them
 * are then shown nowhere, which the tidying of files finds.
 * @returns how many
 */
export const deleteMessagesOf = async (tx: Transaction, chatIds: readonly string[], limit: number): Promise<number> => {
  const ids = [...chatIds];
  const live = await tx.$executeRaw`
    DELETE FROM messages WHERE (chat_id, seq) IN (
      SELECT chat_id, seq FROM messages WHERE chat_id = ANY(${ids}::uuid[]) LIMIT ${limit})`;
  const archived = await tx.$executeRaw`
    DELETE FROM archive.messages WHERE (chat_id, seq) IN (
      SELECT chat_id, seq FROM archive.messages WHERE chat_id = ANY(${ids}::uuid[]) LIMIT ${limit - live})`;
  return live + archived;
};

/** Deletes chats with all that is left of them. */
export const deleteChats = async (tx: Transaction, chatIds: readonly string[]): Promise<void> => {
  await tx.chat.deleteMany({ where: { id: { in: [...chatIds] } } });
};
