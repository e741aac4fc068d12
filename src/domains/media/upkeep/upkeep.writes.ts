import { Prisma } from '../../../generated/prisma/client.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { markDeleted } from '../media/media.writes.ts';

/** Forgets an announcement whose bytes never came; the next sweep takes its row away. */
export const deleteUnfinished = async (
  database: Pick<Database, 'mediaAsset'>,
  mediaId: string,
  now: Date,
): Promise<void> => {
  await database.mediaAsset.updateMany({
    where: { id: mediaId, status: 'UPLOADING' },
    data: { status: 'DELETED', deletedAt: now },
  });
};

/** Only once no bytes are left. */
export const deleteRow = async (database: Pick<Database, 'mediaAsset'>, mediaId: string): Promise<void> => {
  await database.mediaAsset.deleteMany({ where: { id: mediaId, status: 'DELETED' } });
};

/** Whether anything shows, or stands on, the asset `m`. */
const IS_ATTACHED = Prisma.sql`(
  m.event_id IS NOT NULL OR m.post_id IS NOT NULL OR m.review_id IS NOT NULL OR m.chat_id IS NOT NULL
  OR EXISTS (SELECT FROM events WHERE cover_asset_id = m.id)
  OR EXISTS (SELECT FROM profiles WHERE avatar_asset_id = m.id)
  OR EXISTS (SELECT FROM profiles WHERE cover_asset_id = m.id)
  OR EXISTS (SELECT FROM chats WHERE avatar_asset_id = m.id)
  OR EXISTS (SELECT FROM stories WHERE media_asset_id = m.id)
  OR EXISTS (SELECT FROM verifications WHERE document_asset_id = m.id)
  OR EXISTS (SELECT FROM archive.messages WHERE asset_ids <> '{}' AND asset_ids @> ARRAY[m.id]))`;

/** Uploads under way are the sweep's. */
const lockFollowing = async (tx: Transaction, after: string, limit: number): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM media_assets
    WHERE id > ${after}::uuid AND status IN ('READY', 'REJECTED')
    ORDER BY id LIMIT ${limit} FOR UPDATE`;
  return rows.map(({ id }) => id);
};

interface Batch {
  /** Id of the last file of the batch before. */
  after: string;
  limit: number;
  /** What was first seen unattached before then goes. */
  unattachedBefore: Date;
  now: Date;
}

/**
 * Looks at the files that follow: notes which are shown nowhere and since when, and deletes those that have been for long
 * enough and those of erased people. Who chooses one of them meanwhile waits for the end of it.
 * @returns how many were looked at, and the last one
 */
export const tidyBatch = (
  database: Database,
  { after, limit, unattachedBefore, now }: Batch,
): Promise<{ looked: number; last: string | null; deleted: string[] }> =>
  boundTransaction(database, async (tx) => {
    const ids = await lockFollowing(tx, after, limit);
    // After the locks, so that what was chosen while they were waited for is seen.
    const rows = await tx.$queryRaw<{ id: string; attached: boolean; erased: boolean; since: Date | null }[]>`
      SELECT m.id, ${IS_ATTACHED} AS attached, u.erased_at IS NOT NULL AS erased, m.unattached_at AS since
      FROM media_assets AS m JOIN users AS u ON u.id = m.owner_id
      WHERE m.id = ANY (${ids}::uuid[])`;
    const idsOf = (chosen: typeof rows) => chosen.map(({ id }) => id);
    const fresh = idsOf(rows.filter(({ attached, since }) => !attached && since === null));
    const shown = idsOf(rows.filter(({ attached, since }) => attached && since !== null));
    const over = rows.filter(({ attached, since }) => !attached && since !== null && since < unattachedBefore);
    const erased = rows.filter((row) => row.erased);
    await tx.mediaAsset.updateMany({ where: { id: { in: fresh } }, data: { unattachedAt: now } });
    await tx.mediaAsset.updateMany({ where: { id: { in: shown } }, data: { unattachedAt: null } });
    const deleted = await markDeleted(tx, [...new Set(idsOf([...over, ...erased]))], now);
    return { looked: ids.length, last: ids.at(-1) ?? null, deleted };
  });
