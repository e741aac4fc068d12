import type { Redis } from 'ioredis';
import type { Clock } from '../clock.ts';

/** The time that processes on several machines compare by: that of the Redis they share. */
export interface SharedClock extends Clock {
  /** Milliseconds since 1970, wrong by at most a round trip to Redis. */
  nowMs: () => number;
  /** How far this machine's own clock is ahead of it, in milliseconds. */
  aheadMs: () => number;
  stop: () => void;
}

/** How often it asks, for oscillators drift. */
const ASK_MS = 30_000;
/** An answer that took longer says too little about the time; the one before it stays. */
const MAX_ROUND_TRIP_MS = 500;

/**
 * Asks Redis for its time and goes on from the answer by a clock that no administrator can set. Until the first answer, and
 * where Redis is slow, it is this machine's own.
 * @param redis stays its owner's to close
 */
export const createSharedClock = async (redis: Pick<Redis, 'time'>): Promise<SharedClock> => {
  let epochMs = Date.now() - performance.now();
  let roundTripMs = Number.POSITIVE_INFINITY;

  const ask = async (): Promise<void> => {
    const askedAtMs = performance.now();
    const [seconds, microseconds] = await redis.time();
    const tookMs = performance.now() - askedAtMs;
    if (tookMs > MAX_ROUND_TRIP_MS && roundTripMs <= MAX_ROUND_TRIP_MS) return;
    roundTripMs = tookMs;
    epochMs = Number(seconds) * 1_000 + Number(microseconds) / 1_000 - (askedAtMs + tookMs / 2);
  };

  await ask().catch(() => {});
  const asking = setInterval(() => void ask().catch(() => {}), ASK_MS).unref();
  const nowMs = (): number => epochMs + performance.now();
  return {
    now: () => new Date(nowMs()),
    nowMs,
    aheadMs: () => Date.now() - nowMs(),
    stop: () => clearInterval(asking),
  };
};
