import type { ChatKind, ChatRole } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** Chats that a test account opened and in which one of these accounts is or was, or that is theirs; `limit` at most. */
export const chatsAmongTestAccounts = async (
  reader: Reader,
  userIds: readonly string[],
  limit: number,
): Promise<string[]> => {
  const ids = [...userIds];
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id FROM chats WHERE created_by = ANY(${ids}::uuid[])
      UNION
      SELECT chats.id FROM chat_participants AS place
      JOIN chats ON chats.id = place.chat_id
      JOIN users AS opener ON opener.id = chats.created_by AND opener.is_test
      WHERE place.user_id = ANY(${ids}::uuid[])
    ) AS found ORDER BY id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
};

/** Somebody's place, of now or of before, in a chat that people opened. */
interface OtherPlace {
  chatId: string;
  userId: string;
  kind: ChatKind;
  role: ChatRole;
  leftAt: Date | null;
}

/** The places of these accounts in chats that no test account opened, in the order of the chats. */
export const placesAmongOthers = (reader: Reader, userIds: readonly string[]): Promise<OtherPlace[]> =>
  reader.$queryRaw`
    SELECT place.chat_id AS "chatId", place.user_id AS "userId", chats.kind, place.role, place.left_at AS "leftAt"
    FROM chat_participants AS place
    JOIN chats ON chats.id = place.chat_id
    LEFT JOIN users AS opener ON opener.id = chats.created_by
    WHERE place.user_id = ANY(${[...userIds]}::uuid[]) AND opener.is_test IS NOT TRUE
    ORDER BY place.chat_id, place.user_id`;

/** Those of the chats that there are. */
export const chatsAmong = async (reader: Reader, chatIds: readonly string[]): Promise<Set<string>> => {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM chats WHERE id = ANY(${[...chatIds]}::uuid[])`;
  return new Set(rows.map(({ id }) => id));
};

/** Where the messages lie that somebody wrote in a chat and nobody deleted, as far as they are stored. */
export const messagesBy = async (reader: Reader, chatId: string, userId: string): Promise<number[]> => {
  const rows = await reader.$queryRaw<{ seq: bigint }[]>`
    SELECT seq FROM messages
    WHERE chat_id = ${chatId}::uuid AND sender_id = ${userId}::uuid AND deleted_at IS NULL ORDER BY seq`;
  return rows.map(({ seq }) => Number(seq));
};
