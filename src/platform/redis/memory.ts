import type { Redis } from 'ioredis';
import type { Metrics } from '../metrics.ts';

/** How much of the memory that a Redis may use is taken. */
export interface RedisMemory {
  /** True when what fills Redis for long is refused, so that what empties it again still has room. */
  isNearlyFull: () => boolean;
  stop: () => void;
}

/** From this share of `maxmemory` on. */
const NEARLY_FULL = 0.9;
const ASK_MS = 1_000;

/**
 * Asks Redis once a second. Without a limit (`maxmemory` 0) it is never full.
 * @param redis stays its owner's to close
 */
export const watchMemory = (redis: Redis, { redisMemory }: Pick<Metrics, 'redisMemory'>): RedisMemory => {
  let share = 0;

  const ask = async (): Promise<void> => {
    share = shareIn(await redis.info('memory'));
    redisMemory.set(share);
  };

  const asking = setInterval(() => void ask().catch(() => {}), ASK_MS).unref();
  return { isNearlyFull: () => share >= NEARLY_FULL, stop: () => clearInterval(asking) };
};

/** @param info what Redis answers to INFO memory */
const shareIn = (info: string): number => {
  const bytesOf = (field: string): number => Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
  const limit = bytesOf('maxmemory');
  // The buffers of replicas and of the append-only file do not count towards the limit.
  return limit === 0 ? 0 : (bytesOf('used_memory') - bytesOf('mem_not_counted_for_evict')) / limit;
};
