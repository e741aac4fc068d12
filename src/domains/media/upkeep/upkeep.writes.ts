import { Prisma } from '../../../generated/prisma/client.ts';
import type { FileColumn } from '../../../kernel/upkeep.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { isStillReferenced } from '../../../platform/db/failures.ts';
import { recordFact } from '../../../platform/facts/outbox.ts';
import { mediaDeleted } from '../facts.ts';
import { markDeleted } from '../media/media.writes.ts';
import { namedBy } from '../media/named.reads.ts';

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

/** Only once no bytes are left. A row that something still names stays until that has heard of it, and a later sweep comes. */
export const deleteRow = async (database: Pick<Database, 'mediaAsset'>, mediaId: string): Promise<void> => {
  try {
    await database.mediaAsset.deleteMany({ where: { id: mediaId, status: 'DELETED' } });
  } catch (error) {
    if (!isStillReferenced(error)) throw error;
  }
};

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
  fileColumns: readonly FileColumn[];
  now: Date;
}

/**
 * Looks at the files that follow: notes which are shown nowhere and since when, and deletes those that have been for long
 * enough and those of erased people. Who chooses one of them meanwhile waits for the end of it.
 * @returns how many were looked at, and the last one
 */
export const tidyBatch = (
  database: Database,
  { after, limit, unattachedBefore, fileColumns, now }: Batch,
): Promise<{ looked: number; last: string | null }> =>
  boundTransaction(database, async (tx) => {
    const ids = await lockFollowing(tx, after, limit);
    // After the locks, so that what was chosen while they were waited for is seen.
    const rows = await tx.$queryRaw<{ id: string; attached: boolean; erased: boolean; since: Date | null }[]>`
      SELECT m.id,
        (m.event_id IS NOT NULL OR m.post_id IS NOT NULL OR m.review_id IS NOT NULL OR m.chat_id IS NOT NULL
          OR ${namedBy(fileColumns, Prisma.sql`m.id`)}) AS attached,
        u.erased_at IS NOT NULL AS erased, m.unattached_at AS since
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
    for (const { id: mediaId, ownerId } of deleted) await recordFact(tx, mediaDeleted, { mediaId, ownerId });
    return { looked: ids.length, last: ids.at(-1) ?? null };
  });
