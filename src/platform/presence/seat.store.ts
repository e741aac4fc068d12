import type { Redis } from 'ioredis';
import { loadScript, runScript } from '../redis/script.ts';
import { partitionOf, roomsKey, seatedByKey, seatsKey, toldKey } from './keys.ts';
import { chunks, whole } from './parts.ts';

const SEAT = loadScript(new URL('./seat.lua', import.meta.url));

/** A difference of a hundredth is told after this long. */
const SMALL_DIFFERENCE_MS = 2_000;

/** How many are seated, and whether those who watch the number are to be told it. */
export interface Seated {
  count: number;
  told: 'now' | 'later' | 'known';
}

/** What happened to the seats of a room. */
export interface Seating {
  nowMs: number;
  joined: readonly string[];
  left: readonly string[];
  /** How long a difference of a hundredth may wait. */
  waitMs?: number;
}

/** Who is seated in rooms. */
export const createSeatStore = (redis: Redis) => ({
  seat: async (
    lease: string,
    room: string,
    { nowMs, joined, left, waitMs = SMALL_DIFFERENCE_MS }: Seating,
  ): Promise<Seated> => {
    const keys = [seatsKey(room), toldKey(room), seatedByKey(room, lease), roomsKey(partitionOf(room), lease)];
    let last: number[] = [];
    for (const some of seatChunks(joined, left)) {
      const args = [room, whole(nowMs), waitMs, some.joined.length, ...some.joined, ...some.left];
      // Safe: what seat.lua returns.
      const reply = (await runScript(redis, SEAT, keys, args)) as number[];
      // What an earlier part of a crowd had to tell is told with the last one's number.
      last = [reply[0] ?? 0, last[1] === 1 && reply[1] === 0 ? 1 : (reply[1] ?? 0)];
    }
    return { count: last[0] ?? 0, told: (['known', 'now', 'later'] as const)[last[1] ?? 0] ?? 'known' };
  },

  /** The rooms in which the lease has people seated. */
  roomsOf: (partition: number, lease: string): Promise<string[]> => redis.smembers(roomsKey(partition, lease)),

  seatedUnder: (room: string, lease: string): Promise<string[]> => redis.smembers(seatedByKey(room, lease)),

  countIn: (room: string): Promise<number> => redis.hlen(seatsKey(room)),

  /** Up to so many of the people seated in the room, any of them. */
  someIn: async (room: string, limit: number): Promise<string[]> => {
    const found = await redis.hrandfield(seatsKey(room), limit);
    return Array.isArray(found) ? found.map(String) : [];
  },

  /** Those of the people who are seated in the room. */
  seatedAmong: async (room: string, userIds: readonly string[]): Promise<string[]> => {
    if (userIds.length === 0) return [];
    const found = await redis.hmget(seatsKey(room), ...userIds);
    return userIds.filter((_userId, index) => found[index] !== null);
  },
});

/** Those who leave go with the last part; at least one part, which only counts. */
const seatChunks = (joined: readonly string[], left: readonly string[]) => {
  const parts = [
    ...chunks(joined).map((some) => ({ joined: some, left: [] as string[] })),
    ...chunks(left).map((some) => ({ joined: [] as string[], left: some })),
  ];
  return parts.length > 0 ? parts : [{ joined: [], left: [] }];
};
