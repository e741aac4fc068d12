import type { Redis } from 'ioredis';
import { AppError } from '../kernel/errors.ts';
import { ACCESS_TOKEN_LIFE_SECONDS } from './tokens.ts';

/** Past the last token's end, for clocks that differ between machines. */
const GRACE_SECONDS = 60;
/** Ids asked for in one command. */
const CHUNK = 500;
/** The braces put all keys into one slot of a Redis Cluster, so that one MGET may ask for many. */
const keyOf = (sessionId: string): string => `{revoked}:${sessionId}`;

/**
 * Sessions that ended while access tokens of theirs may still be good. An entry vanishes by itself once no such token
 * can be left, so there are never more than the sessions ended in the last 16 minutes.
 */
export interface Revocations {
  /** Repeats are harmless. @throws OVERLOADED when Redis is away */
  revoke: (sessionIds: readonly string[]) => Promise<void>;
  /** @throws OVERLOADED when Redis is away: a session that may have ended is never waved through */
  isRevoked: (sessionId: string) => Promise<boolean>;
  /** Those of the given sessions that have ended. @throws OVERLOADED when Redis is away */
  revokedAmong: (sessionIds: readonly string[]) => Promise<Set<string>>;
}

export const createRevocations = (cache: Redis): Revocations => ({
  revoke: async (sessionIds) => {
    const lifeSeconds = ACCESS_TOKEN_LIFE_SECONDS + GRACE_SECONDS;
    await orOverloaded(Promise.all(sessionIds.map((id) => cache.set(keyOf(id), '1', 'EX', lifeSeconds))));
  },
  isRevoked: async (sessionId) => (await orOverloaded(cache.exists(keyOf(sessionId)))) === 1,
  revokedAmong: async (sessionIds) => {
    const revoked = new Set<string>();
    for (let at = 0; at < sessionIds.length; at += CHUNK) {
      const chunk = sessionIds.slice(at, at + CHUNK);
      const found = await orOverloaded(cache.mget(chunk.map(keyOf)));
      for (const [index, id] of chunk.entries()) {
        if (found[index] !== null) revoked.add(id);
      }
    }
    return revoked;
  },
});

const orOverloaded = async <T>(command: Promise<T>): Promise<T> => {
  try {
    return await command;
  } catch {
    throw new AppError('OVERLOADED', 'Sessions cannot be checked at the moment.', { retryAfterMs: 1_000 });
  }
};
