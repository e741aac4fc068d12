import type { Transaction } from '../../../platform/db/client.ts';

/** Chats of up to so many show each member; larger ones are counted. */
const SMALL_CHAT = 100;

/** The members of those of the chats that are small, by chat. */
export const membersOfSmallChats = async (
  reader: Pick<Transaction, '$queryRaw'>,
  chatIds: readonly string[],
): Promise<Map<string, string[]>> => {
  const rows = await reader.$queryRaw<{ chat_id: string; user_ids: string[] }[]>`
    SELECT asked.id AS chat_id, members.user_ids
    FROM unnest(${[...chatIds]}::uuid[]) AS asked(id)
    CROSS JOIN LATERAL (
      SELECT array_agg(few.user_id::text) AS user_ids FROM (
        SELECT user_id FROM chat_participants WHERE chat_id = asked.id AND left_at IS NULL LIMIT ${SMALL_CHAT + 1}
      ) AS few
    ) AS members
    WHERE cardinality(members.user_ids) <= ${SMALL_CHAT}`;
  return new Map(rows.map(({ chat_id, user_ids }) => [chat_id, user_ids]));
};
