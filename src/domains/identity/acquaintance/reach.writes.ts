import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { strangersIn } from './acquaintance.reads.ts';
import { reachAt } from './reach.rules.ts';

/** Somebody who wants to bring others into something. */
export interface Reaching {
  userId: string;
  others: readonly string[];
}

/** Reads how many strangers these people may still reach today, and keeps others from changing it until the transaction ends. */
export interface Reach {
  /**
   * Counts the strangers among others who were named when the reach was held.
   * @throws RATE_LIMITED with when the day is over, if they are more than one may reach; then none is counted
   */
  take: (reaching: Reaching) => void;
  /** Writes what was counted. */
  keep: () => Promise<void>;
}

/** Holds what these people may still reach. Rows are locked in the order of the people, so that two who hold several wait. */
export const holdReach = async (tx: Transaction, all: readonly Reaching[]): Promise<Reach> => {
  const pairs = all.flatMap(({ userId: broughtBy, others }) => others.map((userId) => ({ userId, broughtBy })));
  const strangers = new Set((await strangersIn(tx, pairs)).map(({ userId, broughtBy }) => `${broughtBy} ${userId}`));
  const reachers = all.flatMap(({ userId, others }) =>
    others.some((other) => strangers.has(`${userId} ${other}`)) ? [userId] : [],
  );
  const held = await lockDays(tx, [...new Set(reachers)]);
  const taken = new Map<string, number>();
  return {
    take: ({ userId, others }) => {
      const count = new Set(others.filter((other) => strangers.has(`${userId} ${other}`))).size;
      const day = held.get(userId);
      if (count === 0 || !day) return;
      const before = taken.get(userId) ?? 0;
      const left = Math.max(0, reachAt(day.ageMs) - day.count - before);
      if (count > left) throw reachedTooMany(left, day.endsInMs);
      taken.set(userId, before + count);
    },
    keep: () => addCounts(tx, taken),
  };
};

const reachedTooMany = (left: number, retryAfterMs: number): AppError =>
  new AppError('RATE_LIMITED', `Of people who never had to do with you, you may bring in ${left} more today.`, {
    retryAfterMs,
  });

interface Day {
  userId: string;
  count: number;
  endsInMs: number;
  /** Of the account. */
  ageMs: number;
}

/** Locks the people's counts; a day that is over begins anew. */
const lockDays = async (tx: Transaction, userIds: readonly string[]): Promise<Map<string, Day>> => {
  if (userIds.length === 0) return new Map();
  const days = await tx.$queryRaw<Day[]>`
    WITH held AS (
      INSERT INTO stranger_reaches AS stored (user_id, began_at, count)
      SELECT user_id, now(), 0 FROM unnest(${[...userIds]}::uuid[]) AS reacher (user_id) ORDER BY user_id
      ON CONFLICT (user_id) DO UPDATE SET
        began_at = CASE WHEN stored.began_at <= now() - interval '1 day' THEN now() ELSE stored.began_at END,
        count = CASE WHEN stored.began_at <= now() - interval '1 day' THEN 0 ELSE stored.count END
      RETURNING user_id, began_at, count
    )
    SELECT held.user_id AS "userId", held.count,
      extract(epoch FROM held.began_at + interval '1 day' - now())::float8 * 1000 AS "endsInMs",
      extract(epoch FROM now() - users.created_at)::float8 * 1000 AS "ageMs"
    FROM held JOIN users ON users.id = held.user_id`;
  return new Map(days.map((day) => [day.userId, day]));
};

const addCounts = async (tx: Transaction, taken: ReadonlyMap<string, number>): Promise<void> => {
  if (taken.size === 0) return;
  await tx.$executeRaw`
    UPDATE stranger_reaches AS stored SET count = stored.count + more.count
    FROM unnest(${[...taken.keys()]}::uuid[], ${[...taken.values()]}::int[]) AS more (user_id, count)
    WHERE stored.user_id = more.user_id`;
};
