import type { RoomHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { reachedBy } from '../../../platform/rooms/unstored.ts';
import { activeUsersAmong } from '../account/account.reads.ts';
import { userRoom } from './contract.ts';
import { canWatchUserRoom } from './policy.ts';

interface Deps {
  database: Pick<Database, 'user'>;
  clock: Clock;
}

/** Nothing of this room is kept beyond its log: what it tells is stored where it happened. */
export const createUserRoom = ({ database, clock }: Deps): RoomHandler<Transaction> => ({
  contract: userRoom,
  canWatch: async (actor, userId) => canWatchUserRoom(actor, userId),
  seed: async (userId) => {
    const found = await activeUsersAmong(database, [userId]);
    return found.has(userId) ? { seq: reachedBy(clock.now()), ordinal: 0, recent: [] } : null;
  },
});
