import type { Redis } from 'ioredis';
import { newId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';

/** How long a dead worker's turn blocks others. */
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;

/** Deletes the key if it still holds this owner's mark. */
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/**
 * Runs a scheduled job on one worker at a time: a turn that comes while the last one still runs is skipped. Built on a
 * lease in Redis, it saves work and is no lock: after a pause longer than the lease two may run.
 */
export const createAlone = (redis: Redis, log: Log) => {
  return async (name: string, run: () => Promise<void>): Promise<void> => {
    const key = `rally:{turns}:${name}`;
    const owner = newId();
    if ((await redis.set(key, owner, 'PX', LEASE_MS, 'NX')) === null) return;
    const renewing = setInterval(() => {
      redis.pexpire(key, LEASE_MS).catch((error: unknown) => log.debug({ job: name, err: error }, 'turn not renewed'));
    }, RENEW_MS);
    try {
      await run();
    } finally {
      clearInterval(renewing);
      await redis.eval(RELEASE, 1, key, owner);
    }
  };
};
