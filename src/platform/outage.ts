import { AppError } from '../kernel/errors.ts';
import { isTooSlow, isUnreachable, isUnwritable, neverBegan } from './db/failures.ts';

/** How soon a caller may try again: about what a database needs to be restarted. */
const RETRY_AFTER_MS = 1_000;

/** What ioredis says when a command could not be sent or its connection broke under it; it has no codes for these. */
const REDIS_AWAY =
  /^(Connection is closed|Stream isn't writeable|Reached the max retries|Command timed out|LOADING |READONLY |CLUSTERDOWN |OOM |MISCONF )/;
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND']);

const isRedisAway = (thrown: Error & { code?: unknown }): boolean =>
  REDIS_AWAY.test(thrown.message) || (typeof thrown.code === 'string' && NETWORK_CODES.has(thrown.code));

/**
 * True when a database is away, full or read-only, or whoever was asked said that it is: nothing is wrong with what was
 * tried, and it may be tried again without end.
 */
export const isOutage = (thrown: unknown): boolean => {
  if (!(thrown instanceof Error)) return false;
  if (thrown instanceof AppError) return thrown.code === 'OVERLOADED';
  return isUnreachable(thrown) || isUnwritable(thrown) || neverBegan(thrown) || isRedisAway(thrown);
};

/** The honest answer when a database is away, cannot write or is too busy: not a bug, try again. Null for everything else. */
export const explainOutage = (thrown: unknown): AppError | null => {
  if (isUnwritable(thrown)) return outage('The database cannot write at the moment.');
  if (thrown instanceof AppError || !(isOutage(thrown) || isTooSlow(thrown))) return null;
  return outage('A database cannot be reached at the moment.');
};

const outage = (message: string): AppError => new AppError('OVERLOADED', message, { retryAfterMs: RETRY_AFTER_MS });
