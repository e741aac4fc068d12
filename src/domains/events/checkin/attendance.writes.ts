import type { Transaction } from '../../../platform/db/client.ts';

/**
 * Makes `attendances` of these people at an event what their scans say: a row for the first entry that stands, none where no
 * entry does. To be called in the transaction that changed outcomes; the one source of who was there.
 */
export const writeAttendances = async (tx: Transaction, eventId: string, userIds: readonly string[]): Promise<void> => {
  if (userIds.length === 0) return;
  const ids = [...userIds].sort();
  await tx.$executeRaw`
    WITH stands AS (
      SELECT DISTINCT ON (holder.user_id) holder.user_id, scan.id, scan.hybrid_clock
      FROM event_participants AS holder
      JOIN event_check_ins AS scan ON scan.participant_id = holder.id
      JOIN check_in_outcomes AS result ON result.check_in_id = scan.id AND result.outcome = 'ADMITTED'
      WHERE holder.event_id = ${eventId}::uuid AND holder.user_id = ANY(${ids}::uuid[])
      ORDER BY holder.user_id, scan.hybrid_clock, scan.id
    ), gone AS (
      DELETE FROM attendances WHERE event_id = ${eventId}::uuid AND user_id = ANY(${ids}::uuid[])
        AND user_id NOT IN (SELECT user_id FROM stands)
    )
    INSERT INTO attendances AS stored (user_id, event_id, scan_id, admitted_at)
    SELECT user_id, ${eventId}::uuid, id, to_timestamp((hybrid_clock >> 16) / 1000.0) FROM stands ORDER BY user_id
    ON CONFLICT (user_id, event_id) DO UPDATE SET scan_id = excluded.scan_id, admitted_at = excluded.admitted_at
    WHERE stored.scan_id <> excluded.scan_id`;
};
