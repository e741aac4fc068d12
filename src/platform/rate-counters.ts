import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../kernel/errors.ts';

/** Counts one call for a key. @throws RATE_LIMITED */
export type TakeOne = (key: string) => Promise<void> | void;

/** Asks the limiter for every call. */
export const exactCounter = (limiter: RateLimiterAbstract): TakeOne => {
  return async (key) => {
    const { granted, msBeforeNext } = await consume(limiter, key, 1);
    if (!granted) throw rateLimited(msBeforeNext);
  };
};

/** Points this node holds for a key until its window ends. */
interface Lease {
  left: number;
  endsAtMs: number;
}

/** Keys with a lease at most, some 10 MB; beyond it the oldest lease is forgotten and its points are lost. */
const MAX_LEASES = 50_000;

/**
 * Takes points from the limiter `size` at a time and counts them here. Never lets through more than the limit; what
 * other nodes hold unused at the window's end, at most `size` each, is missing from it.
 */
export const leasedCounter = (limiter: RateLimiterAbstract, size: number): TakeOne => {
  const leases = new Map<string, Lease>();
  const renewing = new Map<string, Promise<void>>();

  const renew = async (key: string): Promise<void> => {
    const { granted, msBeforeNext } = await consume(limiter, key, size);
    leases.delete(key);
    leases.set(key, { left: granted ? size : REFUSED, endsAtMs: performance.now() + msBeforeNext });
    if (leases.size > MAX_LEASES) leases.delete(oldestOf(leases));
  };

  // Calls that come while a lease is fetched wait for it instead of fetching more.
  const renewOnce = (key: string): Promise<void> => {
    const ongoing = renewing.get(key) ?? renew(key).finally(() => renewing.delete(key));
    renewing.set(key, ongoing);
    return ongoing;
  };

  const takeOne = (key: string): Promise<void> | void => {
    const lease = leases.get(key);
    const remainingMs = lease ? lease.endsAtMs - performance.now() : 0;
    if (!lease || remainingMs <= 0 || lease.left === 0) return renewOnce(key).then(() => takeOne(key));
    if (lease.left === REFUSED) throw rateLimited(remainingMs);
    lease.left -= 1;
  };
  return takeOne;
};

/** Stands for a window that is used up. */
const REFUSED = -1;

const oldestOf = (leases: ReadonlyMap<string, Lease>): string => leases.keys().next().value ?? '';

const consume = async (limiter: RateLimiterAbstract, key: string, points: number) => {
  try {
    const { msBeforeNext } = await limiter.consume(key, points);
    return { granted: true, msBeforeNext };
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return { granted: false, msBeforeNext: refused.msBeforeNext };
  }
};

const rateLimited = (retryAfterMs: number): AppError =>
  new AppError('RATE_LIMITED', 'Too many calls; wait before the next one.', { retryAfterMs });
