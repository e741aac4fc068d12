import { boundTransaction } from '../db/bound-transaction.ts';
import type { Database } from '../db/client.ts';
import type { Sealing } from '../sealing.ts';
import { lockKeys } from './key-rows.ts';
import { draftKey, unwrapKey, wrapKey } from './subject-keys.ts';

const BATCH = 500;

/**
 * Wraps every data key with the newest key of ENCRYPTION_KEY; the data keys stay the same. Batches are transactions of
 * their own, so a run that is killed is continued by the next.
 * @returns how many it wrapped anew
 */
export const rewrapKeys = async (
  database: Database,
  sealing: Sealing,
  onProgress: (done: number) => void,
): Promise<number> => {
  let done = 0;
  for (;;) {
    const count = await rewrapBatch(database, sealing);
    done += count;
    if (count === 0) return done;
    onProgress(done);
  }
};

const rewrapBatch = (database: Database, sealing: Sealing): Promise<number> =>
  boundTransaction(database, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; userId: string; wrappedKey: Uint8Array }[]>`
      SELECT id, user_id AS "userId", wrapped_key AS "wrappedKey" FROM subject_keys
      WHERE wrapped_key IS NOT NULL AND wrapped_by <> ${sealing.keyId} ORDER BY id LIMIT ${BATCH} FOR UPDATE`;
    const wrapped = rows.map(({ id, userId, wrappedKey }) => {
      const key = unwrapKey(sealing, { id, userId }, wrappedKey);
      return Buffer.from(wrapKey(sealing, { id, userId, key })).toString('base64');
    });
    await tx.$executeRaw`
      UPDATE subject_keys SET wrapped_key = decode(fresh.wrapped, 'base64'), wrapped_by = ${sealing.keyId}
      FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${wrapped}::text[]) AS fresh (id, wrapped)
      WHERE subject_keys.id = fresh.id`;
    return rows.length;
  });

/**
 * Gives everybody whose data key was made before a moment a new one; the old one goes on opening what it encrypted.
 * @returns how many people got one
 */
export const renewKeys = async (
  database: Database,
  sealing: Sealing,
  { madeBefore, onProgress }: { madeBefore: Date; onProgress: (done: number) => void },
): Promise<number> => {
  let done = 0;
  for (;;) {
    const old = await database.$queryRaw<{ userId: string }[]>`
      SELECT user_id AS "userId" FROM subject_keys
      WHERE status = 'ACTIVE' AND created_at < ${madeBefore} ORDER BY id LIMIT ${BATCH}`;
    if (old.length === 0) return done;
    for (const { userId } of old) await renewKey(database, sealing, userId);
    done += old.length;
    onProgress(done);
  }
};

/** Gives one person a new data key, unless they were erased. */
export const renewKey = (database: Database, sealing: Sealing, userId: string): Promise<void> =>
  boundTransaction(database, async (tx) => {
    await lockKeys(tx, userId);
    const rotated = await tx.$queryRaw<{ version: number }[]>`
      UPDATE subject_keys SET status = 'ROTATED' WHERE user_id = ${userId}::uuid AND status = 'ACTIVE' RETURNING version`;
    const [last] = rotated;
    if (!last) return;
    const { id, wrappedKey, wrappedBy } = draftKey(sealing, userId);
    await tx.$executeRaw`
      INSERT INTO subject_keys (id, user_id, version, wrapped_key, wrapped_by)
      VALUES (${id}::uuid, ${userId}::uuid, ${last.version + 1}, ${wrappedKey}, ${wrappedBy})`;
  });
