import type { Transaction } from '../../../platform/db/client.ts';

/** Somebody, and whoever brought them something: a ticket, a task. */
export interface Pair {
  userId: string;
  broughtBy: string;
}

/**
 * Those of the pairs in which the person has never had to do with the other by an act of their own: they are no friends, the
 * person does not follow the other, opened, read or wrote in no direct chat with them and wrote in no group of theirs,
 * and booked none of their events. What others do to a person makes nobody an acquaintance. Two test accounts are no
 * strangers: no person is behind either of them.
 */
export const strangersIn = async (reader: Pick<Transaction, '$queryRaw'>, pairs: readonly Pair[]): Promise<Pair[]> => {
  const others = pairs.filter(({ userId, broughtBy }) => userId !== broughtBy);
  if (others.length === 0) return [];
  const userIds = others.map(({ userId }) => userId);
  const bringerIds = others.map(({ broughtBy }) => broughtBy);
  return reader.$queryRaw<Pair[]>`
    SELECT DISTINCT pair.user_id AS "userId", pair.bringer_id AS "broughtBy"
    FROM unnest(${userIds}::uuid[], ${bringerIds}::uuid[]) AS pair (user_id, bringer_id)
    WHERE NOT EXISTS (
      SELECT 1 FROM users AS own JOIN users AS other ON other.id = pair.bringer_id AND other.is_test
      WHERE own.id = pair.user_id AND own.is_test)
    AND NOT EXISTS (
      SELECT 1 FROM friendships
      WHERE status = 'ACCEPTED' AND requester_id = pair.user_id AND addressee_id = pair.bringer_id)
    AND NOT EXISTS (
      SELECT 1 FROM friendships
      WHERE status = 'ACCEPTED' AND requester_id = pair.bringer_id AND addressee_id = pair.user_id)
    AND NOT EXISTS (SELECT 1 FROM follows WHERE follower_id = pair.user_id AND followee_id = pair.bringer_id)
    AND NOT EXISTS (
      SELECT 1 FROM bookings JOIN events ON events.id = bookings.event_id
      WHERE bookings.user_id = pair.user_id AND events.host_id = pair.bringer_id)
    AND NOT EXISTS (
      SELECT 1 FROM chat_participants AS own
      JOIN chat_participants AS other ON other.chat_id = own.chat_id AND other.user_id = pair.bringer_id
      JOIN chats ON chats.id = own.chat_id AND chats.kind <> 'EVENT'
      WHERE own.user_id = pair.user_id AND (
        chats.created_by = pair.user_id
        OR (chats.kind = 'DIRECT' AND own.last_read_seq > 0)
        OR EXISTS (SELECT 1 FROM messages WHERE chat_id = own.chat_id AND sender_id = pair.user_id)))`;
};
