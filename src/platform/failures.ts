import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../kernel/errors.ts';

/** How many tries may fail. */
export interface FailureBound {
  /** Names the counters; every bound has a name of its own. */
  name: string;
  limit: number;
  windowSeconds: number;
}

/** Counts tries that fail over all nodes, in fixed windows. While Redis is away each node counts for itself. */
export interface Failures {
  /**
   * Counts a try before it is made, so that tries at once cannot pass together.
   * @returns takes the count back, for a try that did not fail
   * @throws RATE_LIMITED when as many failed as may
   */
  begin: (bound: FailureBound, key: string) => Promise<() => Promise<void>>;
}

/** @param redis the connection of the `cache` role */
export const createFailures = (redis: Redis): Failures => {
  const limiters = new Map<string, RateLimiterRedis>();
  const limiterOf = ({ name, limit, windowSeconds }: FailureBound): RateLimiterRedis => {
    const options = { points: limit, duration: windowSeconds, keyPrefix: `rally:failures:${name}` };
    const known = limiters.get(name);
    if (known) return known;
    const made = new RateLimiterRedis({
      ...options,
      storeClient: redis,
      insuranceLimiter: new RateLimiterMemory(options),
    });
    limiters.set(name, made);
    return made;
  };
  return {
    begin: async (bound, key) => {
      const limiter = limiterOf(bound);
      const hashed = createHash('sha256').update(key).digest('base64url').slice(0, 24);
      await limiter.consume(hashed).catch(refuse);
      return async () => {
        // Lost, it is one try less in this window.
        await limiter.reward(hashed).catch(() => {});
      };
    },
  };
};

const refuse = (rejection: unknown): never => {
  if (!(rejection instanceof RateLimiterRes)) throw rejection;
  throw new AppError('RATE_LIMITED', 'Too many tries were wrong; try again later.', {
    retryAfterMs: rejection.msBeforeNext,
  });
};
