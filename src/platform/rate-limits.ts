import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { OperationContract, Rate } from '../kernel/contract.ts';
import type { Runtime } from '../kernel/execute.ts';
import type { Call } from '../kernel/handler.ts';
import { addressKey } from './addresses.ts';
import { isLoopback } from './caller-address.ts';
import { exactCounter, leasedCounter, type TakeOne } from './rate-counters.ts';

/** From this limit on, calls are counted in leases. */
const LEASED_FROM = 100;
/** A lease is this part of the limit: so often at most a hot operation asks Redis in a window, for one key on one node. */
const LEASES = 25;

/**
 * Counts calls in fixed windows over all nodes. While Redis is away each node counts for itself.
 * @param redis the connection of the `cache` role
 */
export const createRateLimits = (redis: Redis): Runtime['limit'] => {
  defineScripts(redis);
  const known = new Map<OperationContract, Counter[]>();
  const countersOf = (contract: OperationContract): Counter[] => {
    const counters = known.get(contract) ?? contract.rates.map((rate) => createCounter(redis, contract, rate));
    known.set(contract, counters);
    return counters;
  };

  return (contract, input, call) => {
    if (call.origin.carrier === 'internal') return;
    const counters = countersOf(contract);
    const [only] = counters;
    // The hot path of a lease that lasts: no promise, nothing awaited.
    if (only && counters.length === 1) return count(only, input, call);
    return countAll(counters, input, call);
  };
};

/**
 * The library adds its script to the connection as a command when its first limiter is made. That must be done before
 * any call: an automatic pipeline that is open meanwhile does not know the command, and ioredis 6 ends the process over it.
 */
const defineScripts = (redis: Redis): void => {
  new RateLimiterRedis({ storeClient: redis, points: 1, duration: 1 });
};

interface Counter {
  rate: Rate;
  takeOne: TakeOne;
}

const createCounter = (redis: Redis, contract: OperationContract, rate: Rate): Counter => {
  const operation = contract.name;
  const { limit: points, windowSeconds: duration, by } = rate;
  const what = typeof by === 'string' ? by : by.field;
  const options = { points, duration, keyPrefix: `rally:rate:${operation}:${what}:${duration}` };
  if (contract.leavesNoTrace) return { rate, takeOne: exactCounter(new RateLimiterMemory(options)) };
  const limiter = new RateLimiterRedis({
    ...options,
    storeClient: redis,
    // Whoever has used up the window is refused from memory until it ends.
    inMemoryBlockOnConsumed: points,
    insuranceLimiter: new RateLimiterMemory(options),
  });
  const takeOne = points < LEASED_FROM ? exactCounter(limiter) : leasedCounter(limiter, Math.floor(points / LEASES));
  return { rate, takeOne };
};

const count = ({ rate, takeOne }: Counter, input: unknown, call: Call): Promise<void> | void => {
  const key = keyOf(rate, input, call);
  return key === null ? undefined : takeOne(key);
};

const countAll = async (counters: Counter[], input: unknown, call: Call): Promise<void> => {
  for (const counter of counters) await count(counter, input, call);
};

/** Whose calls are counted; null when this call does not count. */
const keyOf = ({ by }: Rate, input: unknown, { actor, origin }: Call): string | null => {
  if (typeof by === 'object') return fieldKey(input, by.field);
  if (by === 'actor' && actor) return actor.userId;
  return isLoopback(origin.address) ? null : addressKey(origin.address);
};

/** Hashed: fields such as an email address are neither bounded in length nor Redis's to know. */
const fieldKey = (input: unknown, field: string): string | null => {
  const value = (input as Record<string, unknown>)[field];
  if (value === undefined || value === null) return null;
  return createHash('sha256').update(String(value)).digest('base64url').slice(0, 24);
};
