import type { Redis } from 'ioredis';
import { loadScript, runScript } from '../../../platform/redis/script.ts';

const SCREEN = loadScript(new URL('./screen-wishes.lua', import.meta.url));

/** What a call wants of an event. */
export interface Wish {
  ticketTypeIds: readonly string[];
  /** Who calls, with the call's idempotency key; null when it has none. */
  key: string | null;
}

/**
 * Which ticket types have nothing left for the public, as a worker saw it under the event's lock. It only ever says no:
 * whether somebody gets a seat is decided by PostgreSQL alone. A mark lives for one second at most, and is taken away
 * when seats come free.
 */
export interface SoldOut {
  mark: (eventId: string, ticketTypeIds: readonly string[]) => Promise<void>;
  clear: (eventId: string, ticketTypeIds: readonly string[]) => Promise<void>;
  /**
   * Whether each wish is in vain: a type is marked, and its key was never let through. The others' keys are noted, for
   * their repeats must reach a worker, too: the first may have got a seat.
   */
  screen: (eventId: string, wishes: readonly Wish[]) => Promise<boolean[]>;
}

const LIFE_MS = 1_000;
/** As long as a repeat's first call may still take effect, and some more. */
const KEY_LIFE_SECONDS = 120;

const markOf = (eventId: string, ticketTypeId: string): string => `rally:{sale:${eventId}}:soldout:${ticketTypeId}`;
const askedOf = (eventId: string, key: string): string => `rally:{sale:${eventId}}:asked:${key}`;

/** @param redis the connection of the `cache` role */
export const createSoldOut = (redis: Redis): SoldOut => ({
  mark: async (eventId, ticketTypeIds) => {
    await Promise.all(ticketTypeIds.map((id) => redis.set(markOf(eventId, id), '1', 'PX', LIFE_MS)));
  },
  clear: async (eventId, ticketTypeIds) => {
    await Promise.all(ticketTypeIds.map((id) => redis.del(markOf(eventId, id))));
  },
  screen: async (eventId, wishes) => {
    const types = [...new Set(wishes.flatMap(({ ticketTypeIds }) => ticketTypeIds))];
    const placeOf = new Map(types.map((id, place) => [id, place + 1]));
    const keys = types.map((id) => markOf(eventId, id));
    const args = wishes.flatMap(({ ticketTypeIds, key }) => [
      key === null ? 0 : keys.push(askedOf(eventId, key)),
      ticketTypeIds.map((id) => placeOf.get(id)).join(','),
    ]);
    // Safe: one 0 or 1 for each wish.
    const answers = (await runScript(redis, SCREEN, keys, [KEY_LIFE_SECONDS, types.length, ...args])) as number[];
    return answers.map((isInVain) => isInVain === 1);
  },
});
