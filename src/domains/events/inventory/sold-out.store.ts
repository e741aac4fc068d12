import type { Redis } from 'ioredis';

/**
 * Which ticket types have nothing left for the public, as a worker saw it under the event's lock. It only ever says no:
 * whether somebody gets a seat is decided by PostgreSQL alone. A mark lives for one second at most, and is taken away
 * when seats come free.
 */
export interface SoldOut {
  mark: (ticketTypeIds: readonly string[]) => Promise<void>;
  clear: (ticketTypeIds: readonly string[]) => Promise<void>;
  isMarked: (ticketTypeIds: readonly string[]) => Promise<boolean>;
  /** Notes that a call with this key goes to a worker: its repeats must, too, for it may have got a seat. */
  noteAsked: (key: string) => Promise<void>;
  wasAsked: (key: string) => Promise<boolean>;
}

const LIFE_MS = 1_000;
/** As long as a repeat's first call may still take effect, and some more. */
const KEY_LIFE_SECONDS = 120;

const nameOf = (ticketTypeId: string): string => `rally:{soldout:${ticketTypeId}}`;
const keyNameOf = (key: string): string => `rally:{asked:${key}}`;

/** @param redis the connection of the `cache` role */
export const createSoldOut = (redis: Redis): SoldOut => ({
  mark: async (ticketTypeIds) => {
    await Promise.all(ticketTypeIds.map((id) => redis.set(nameOf(id), '1', 'PX', LIFE_MS)));
  },
  clear: async (ticketTypeIds) => {
    await Promise.all(ticketTypeIds.map((id) => redis.del(nameOf(id))));
  },
  isMarked: async (ticketTypeIds) => {
    const marks = await Promise.all(ticketTypeIds.map((id) => redis.get(nameOf(id))));
    return marks.includes('1');
  },
  noteAsked: async (key) => {
    await redis.set(keyNameOf(key), '1', 'EX', KEY_LIFE_SECONDS);
  },
  wasAsked: async (key) => (await redis.exists(keyNameOf(key))) === 1,
});
