import type { Database, Transaction } from '../../../platform/db/client.ts';
import { atOneEventAmong } from '../../events/api.ts';
import { blockedAmong } from '../../identity/api.ts';
import { friendsAmong } from '../friendship/friendship.reads.ts';
import type { Tie } from './policy.ts';

/** Of these people, those who are members of a chat of which the first one is, too. */
const chatFellowsAmong = async (
  reader: Pick<Transaction, '$queryRaw'>,
  userId: string,
  otherIds: readonly string[],
): Promise<Set<string>> => {
  const rows = await reader.$queryRaw<{ user_id: string }[]>`
    SELECT DISTINCT theirs.user_id
    FROM chat_participants AS own
    JOIN chat_participants AS theirs
      ON theirs.chat_id = own.chat_id AND theirs.left_at IS NULL AND theirs.user_id = ANY (${[...otherIds]}::uuid[])
    WHERE own.user_id = ${userId}::uuid AND own.left_at IS NULL`;
  return new Set(rows.map((row) => row.user_id));
};

/** How somebody stands to these people, which is how these people stand to them. */
export const findTies = async (
  database: Database,
  userId: string,
  otherIds: readonly string[],
): Promise<Map<string, Tie>> => {
  const [blocked, friends, inChats, atEvents] = await Promise.all([
    blockedAmong(database, userId, otherIds),
    friendsAmong(database, userId, otherIds),
    chatFellowsAmong(database, userId, otherIds),
    atOneEventAmong(database, userId, otherIds),
  ]);
  return new Map(
    otherIds.map((otherId) => [
      otherId,
      {
        isSelf: otherId === userId,
        isBlocked: blocked.has(otherId),
        areFriends: friends.has(otherId),
        shareChat: inChats.has(otherId),
        shareEvent: atEvents.has(otherId),
      },
    ]),
  );
};
