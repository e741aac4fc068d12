import type { Transaction } from '../../../platform/db/client.ts';

type Writer = Pick<Transaction, '$executeRaw'>;

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A used token that comes back within this time ends its session; a later one is merely unknown. */
const REMEMBER_USED_MS = 7 * DAY_MS;
/** Ended and expired sessions stay this long past their time, for whoever looks into a misuse. */
const REMEMBER_SESSIONS_MS = 30 * DAY_MS;

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/** The lowest UUIDv7 of a moment: rows made before it are found by their primary key. */
const firstIdAt = (time: Date): string => {
  const hex = time.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

/** Deletes up to `limit` refresh tokens that say nothing any more. @returns how many */
export const deleteStaleTokens = (writer: Writer, now: Date, limit: number): Promise<number> => {
  const madeBefore = firstIdAt(before(now, REMEMBER_USED_MS));
  return writer.$executeRaw`
    DELETE FROM refresh_tokens WHERE id IN (
      SELECT id FROM refresh_tokens
      WHERE id < ${madeBefore}::uuid AND (expires_at < ${now} OR used_at < ${before(now, REMEMBER_USED_MS)})
      ORDER BY id LIMIT ${limit})`;
};

/** Deletes up to `limit` sessions that were over long ago, with their tokens. @returns how many */
export const deleteStaleSessions = (writer: Writer, now: Date, limit: number): Promise<number> => {
  const overBefore = before(now, REMEMBER_SESSIONS_MS);
  return writer.$executeRaw`
    DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions WHERE id < ${firstIdAt(overBefore)}::uuid AND expires_at < ${overBefore}
      ORDER BY id LIMIT ${limit})`;
};
