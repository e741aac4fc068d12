import type { Transaction } from '../db/client.ts';
import { newId } from '../ids.ts';

/** The database, or the transaction of the caller's own change. */
export type Reader = Pick<Transaction, '$queryRaw'>;
export type Writer = Pick<Transaction, '$queryRaw' | '$executeRaw'>;

/** A row of `subject_keys`. */
export interface KeyRow {
  id: string;
  status: 'ACTIVE' | 'ROTATED' | 'DESTROYED';
  /** Null once destroyed. */
  wrappedKey: Uint8Array | null;
  /** True when its transaction ended before this one began: nothing can take the row back any more. */
  isSettled: boolean;
}

/** The person's newest key, or null. Keeps it from being destroyed until the transaction ends. */
export const holdKey = async (tx: Writer, userId: string): Promise<KeyRow | null> => {
  const [row] = await tx.$queryRaw<KeyRow[]>`
    SELECT id, status, wrapped_key AS "wrappedKey", created_at < now() - interval '1 second' AS "isSettled"
    FROM subject_keys WHERE user_id = ${userId}::uuid ORDER BY version DESC LIMIT 1 FOR SHARE`;
  return row ?? null;
};

/** The newest key of each of these people that has one, without holding it. */
export const newestKeys = (reader: Reader, userIds: readonly string[]): Promise<(KeyRow & { userId: string })[]> =>
  reader.$queryRaw`
    SELECT DISTINCT ON (user_id) user_id AS "userId", id, status, wrapped_key AS "wrappedKey",
           created_at < now() - interval '1 second' AS "isSettled"
    FROM subject_keys WHERE user_id = ANY(${userIds}::uuid[]) ORDER BY user_id, version DESC`;

/** One key of a person by its id, or null. */
export const findKey = async (reader: Reader, userId: string, keyId: string): Promise<KeyRow | null> => {
  const [row] = await reader.$queryRaw<KeyRow[]>`
    SELECT id, status, wrapped_key AS "wrappedKey", created_at < now() - interval '1 second' AS "isSettled"
    FROM subject_keys WHERE id = ${keyId}::uuid AND user_id = ${userId}::uuid`;
  return row ?? null;
};

/** Whether there is no such person any more: then their keys are gone as well. */
export const isGone = async (reader: Reader, userId: string): Promise<boolean> => {
  const rows = await reader.$queryRaw<unknown[]>`SELECT 1 FROM users WHERE id = ${userId}::uuid`;
  return rows.length === 0;
};

/** A key that is to become a row. */
export interface KeyDraft {
  id: string;
  userId: string;
  wrappedKey: Uint8Array;
  wrappedBy: string;
}

/**
 * Stores a person's first key unless they have one already, also one that another transaction is about to commit.
 * @returns false when they have, or when there is no such person
 */
export const insertFirstKey = async (tx: Writer, { id, userId, wrappedKey, wrappedBy }: KeyDraft): Promise<boolean> =>
  (await tx.$executeRaw`
    INSERT INTO subject_keys (id, user_id, version, wrapped_key, wrapped_by)
    SELECT ${id}::uuid, users.id, 1, ${wrappedKey}, ${wrappedBy} FROM users WHERE users.id = ${userId}::uuid
    ON CONFLICT DO NOTHING`) === 1;

/**
 * Makes way for changing the set of a person's keys: whoever else wants to waits for the end of this transaction. Who
 * has no key yet gets a destroyed one when `orDestroyed` is set, so that none is made later.
 */
export const lockKeys = async (tx: Writer, userId: string, orDestroyed = false): Promise<void> => {
  if (orDestroyed) {
    await tx.$executeRaw`
      INSERT INTO subject_keys (id, user_id, version, wrapped_by, status, destroyed_at)
      VALUES (${newId()}::uuid, ${userId}::uuid, 1, '', 'DESTROYED', now()) ON CONFLICT DO NOTHING`;
  }
  await tx.$queryRaw`SELECT 1 FROM subject_keys WHERE user_id = ${userId}::uuid AND version = 1 FOR UPDATE`;
};

/** Empties every key of a person. Call `lockKeys` before. */
export const destroyKeys = async (tx: Writer, userId: string): Promise<void> => {
  await tx.$executeRaw`
    UPDATE subject_keys SET status = 'DESTROYED', wrapped_key = NULL, destroyed_at = now()
    WHERE user_id = ${userId}::uuid AND status <> 'DESTROYED'`;
};
