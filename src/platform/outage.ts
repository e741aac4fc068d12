import { AppError } from '../kernel/errors.ts';
import { isTooSlow, isUnreachable } from './db/failures.ts';

/** How soon a caller may try again: about what a database needs to be restarted. */
const RETRY_AFTER_MS = 1_000;

/** What ioredis says when a command could not be sent or its connection broke under it; it has no codes for these. */
const REDIS_AWAY =
  /^(Connection is closed|Stream isn't writeable|Reached the max retries|Command timed out|LOADING |READONLY |CLUSTERDOWN )/;
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND']);

const isRedisAway = (thrown: Error & { code?: unknown }): boolean =>
  REDIS_AWAY.test(thrown.message) || (typeof thrown.code === 'string' && NETWORK_CODES.has(thrown.code));

/** The honest answer when a database is away or too busy: not a bug, try again. Null for everything else. */
export const explainOutage = (thrown: unknown): AppError | null => {
  if (!(thrown instanceof Error)) return null;
  if (!isUnreachable(thrown) && !isTooSlow(thrown) && !isRedisAway(thrown)) return null;
  return new AppError('OVERLOADED', 'A database cannot be reached at the moment.', { retryAfterMs: RETRY_AFTER_MS });
};
