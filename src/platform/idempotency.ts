import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { AppError } from '../kernel/errors.ts';
import type { CommitResult, Runtime } from '../kernel/execute.ts';
import { canonicalJson } from './canonical-json.ts';
import { scopeOf } from './idempotency-scope.ts';
import { newId } from './ids.ts';
import { type Sealing, sha256 } from './sealing.ts';

/** How long a repeat gets the first answer. */
const KEEP_SECONDS = 24 * 3_600;
/** After this a call that has not finished is taken for dead, and a repeat runs. */
const LEASE_MS = 10_000;
/** How long a repeat waits for the first to finish, and how often it looks. */
const WAIT_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** Deletes the key if it still holds this call's mark. */
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/**
 * `Runtime.once` for accepted operations: the answer lies sealed in the `cache` Redis. A failed call leaves nothing, so
 * that a repeat tries again.
 */
export const createOnce = (redis: Redis, sealing: Sealing): Runtime['once'] => {
  return async (contract, input, call, run) => {
    // Not keyed: a change of keys must not make a repeat look new.
    const name = sha256(canonicalJson([scopeOf(contract, input, call), contract.name, call.idempotencyKey]));
    const key = `rally:once:${name}`;
    const text = canonicalJson(input);
    const hash = sealing.digest(text);
    const mark = `pending ${hash} ${newId()}`;
    const isOurs = (stored: string): boolean => sealing.isDigestOf(hashOf(stored), text);
    const first = await begin(redis, key, { mark, isOurs });
    if (first !== null) return replay(sealing, first, isOurs);
    try {
      const data = await run();
      await remember(redis, key, `done ${hash} ${sealing.seal(JSON.stringify(data ?? null))}`);
      return { data, replayed: false };
    } catch (error) {
      await redis.eval(RELEASE, 1, key, mark).catch(() => {});
      throw error;
    }
  };
};

interface Beginning {
  /** What stands under the key while this call runs. */
  mark: string;
  /** Whether what stands there was left by a call with the same input. */
  isOurs: (stored: string) => boolean;
}

/**
 * Marks the key as this call's. @returns null when it is, else what an earlier call stored
 * @throws OVERLOADED when Redis is away or the earlier call takes too long
 */
const begin = async (redis: Redis, key: string, { mark, isOurs }: Beginning): Promise<string | null> => {
  const givenUpAt = performance.now() + WAIT_MS;
  for (;;) {
    const stored = await redis.set(key, mark, 'PX', LEASE_MS, 'NX', 'GET').catch(() => {
      throw new AppError('OVERLOADED', 'Repeats cannot be recognised at the moment.', { retryAfterMs: 1_000 });
    });
    if (stored === null || stored.startsWith('done ') || !isOurs(stored)) return stored;
    if (performance.now() > givenUpAt) {
      throw new AppError('OVERLOADED', 'The first call with this key is still running.', { retryAfterMs: 1_000 });
    }
    await pause(LOOK_EVERY_MS);
  }
};

const replay = (sealing: Sealing, stored: string, isOurs: Beginning['isOurs']): CommitResult => {
  if (!isOurs(stored)) {
    throw new AppError('IDEMPOTENCY_MISMATCH', 'This idempotency key was used with another input.');
  }
  return { data: JSON.parse(sealing.open(stored.split(' ', 3)[2] ?? '')), replayed: true };
};

/** The call has taken effect: if its answer cannot be kept, the caller gets it all the same. */
const remember = async (redis: Redis, key: string, value: string): Promise<void> => {
  await redis.set(key, value, 'EX', KEEP_SECONDS).catch(() => {});
};

const hashOf = (stored: string): string => stored.split(' ', 2)[1] ?? '';
