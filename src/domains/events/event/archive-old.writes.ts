import type { Database } from '../../../platform/db/client.ts';
import { archiveColumns } from '../../../platform/upkeep/archive-columns.ts';

/**
 * Archives up to `limit` events that ended before a moment, in one statement. Their rows stay, for money refers to them;
 * what was told about them moves. Those that somebody works on are left to the next turn. @returns how many
 */
export const archiveOldEvents = async (
  database: Database,
  { before, now, limit }: { before: Date; now: Date; limit: number },
): Promise<number> => {
  const columns = await archiveColumns(database, 'event_updates');
  const [row] = await database.$queryRawUnsafe<{ count: number }[]>(
    `WITH old AS (
       SELECT id FROM events WHERE archived_at IS NULL AND end_date < $1::timestamptz
       ORDER BY end_date LIMIT $3::int FOR NO KEY UPDATE SKIP LOCKED
     ), gone AS (
       DELETE FROM event_updates AS live USING old WHERE live.event_id = old.id RETURNING live.*
     ), moved AS (
       INSERT INTO archive.event_updates (${columns}) SELECT ${columns} FROM gone
     ), noted AS (
       UPDATE events SET archived_at = $2::timestamptz FROM old WHERE events.id = old.id
     )
     SELECT count(*)::int AS count FROM old`,
    before,
    now,
    limit,
  );
  return row?.count ?? 0;
};
