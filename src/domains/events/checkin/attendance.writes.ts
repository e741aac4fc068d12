import type { Transaction } from '../../../platform/db/client.ts';

/** An entry that stands since this transaction. */
export interface Entry {
  userId: string;
  scanId: string;
  hybridClock: bigint;
}

/**
 * Makes `attendances` of people at an event what their scans say: a row for the first entry that stands, none where no entry
 * does. To be called in the transaction that changed outcomes; the one source of who was there.
 * @param began entries that began to stand
 * @param ended accounts of whom an entry ceased to stand
 */
export const writeAttendances = async (
  tx: Transaction,
  eventId: string,
  { began, ended }: { began: readonly Entry[]; ended: readonly string[] },
): Promise<void> => {
  const overtaken = began.length > 0 ? await insertFirst(tx, eventId, began) : [];
  await recomputeAttendances(tx, eventId, [...new Set([...overtaken, ...ended])].sort());
};

/** @returns accounts whose row says something later, or of the same millisecond: which is the first is then looked up */
const insertFirst = async (tx: Transaction, eventId: string, entries: readonly Entry[]): Promise<string[]> => {
  const rows = entries.map((entry) => ({ ...entry, hybridClock: entry.hybridClock.toString() }));
  const written = await tx.$queryRaw<{ userId: string }[]>`
    WITH began AS (
      SELECT DISTINCT ON ("userId") "userId", "scanId", to_timestamp(("hybridClock" >> 16) / 1000.0) AS admitted_at
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r ("userId" uuid, "scanId" uuid, "hybridClock" bigint)
      ORDER BY "userId", "hybridClock", "scanId"
    ), written AS (
      INSERT INTO attendances AS stored (user_id, event_id, scan_id, admitted_at)
      SELECT "userId", ${eventId}::uuid, "scanId", admitted_at FROM began ORDER BY "userId"
      ON CONFLICT (user_id, event_id) DO UPDATE SET scan_id = stored.scan_id
      RETURNING user_id, scan_id, admitted_at
    )
    SELECT written.user_id AS "userId" FROM written JOIN began ON began."userId" = written.user_id
    WHERE written.scan_id <> began."scanId" AND written.admitted_at >= began.admitted_at`;
  return written.map(({ userId }) => userId);
};

/** Makes the rows of these accounts anew from all their scans at an event. */
export const recomputeAttendances = async (tx: Transaction, eventId: string, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
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
