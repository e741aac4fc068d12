import { boundTransaction } from '../../platform/db/bound-transaction.ts';
import type { Database } from '../../platform/db/client.ts';

/** The tables that are cut by the month within their ids. */
export const MONTHLY = ['login_history', 'audit_logs', 'activity_logs', 'event_check_ins'] as const;

/** Waiting longer for a lock would make everybody else wait behind us. */
const LOCK_TIMEOUT = '2s';

type Monthly = (typeof MONTHLY)[number];

/** Statements of one transaction that gives up when it would have to wait for a lock. */
const briefly = (database: Database, statements: string[]): Promise<void> =>
  boundTransaction(database, async (tx) => {
    await tx.$executeRaw`SELECT set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`;
    for (const statement of statements) await tx.$executeRawUnsafe(statement);
  });

/** Makes the partitions of months that lack, up to `ahead` after this one. @returns how many it made */
export const makeMonths = (database: Database, table: Monthly, ahead: number): Promise<number> =>
  boundTransaction(database, async (tx) => {
    await tx.$executeRaw`SELECT set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`;
    const [row] = await tx.$queryRaw<{ made: number }[]>`
      SELECT ensure_month_partitions(${table}::regclass, ${ahead}::int) AS made`;
    return row?.made ?? 0;
  });

/** How many months after this one have a partition, without a gap. */
export const monthsAhead = async (database: Database, table: Monthly, now: Date): Promise<number> => {
  const [row] = await database.$queryRaw<{ ahead: number }[]>`
    SELECT (count(*) FILTER (WHERE is_there) - 1)::int AS ahead FROM (
      SELECT bool_and(EXISTS (SELECT FROM month_partitions(${table}::regclass)
          WHERE ends_at = (date_trunc('month', ${now} AT TIME ZONE 'UTC') + make_interval(months => n + 1)) AT TIME ZONE 'UTC'))
        OVER (ORDER BY n) AS is_there
      FROM generate_series(0, 24) AS n) AS months`;
  return row?.ahead ?? -1;
};

/** Partitions whose month ended before a moment, oldest first. */
export const monthsBefore = async (database: Database, table: Monthly, moment: Date): Promise<string[]> => {
  const rows = await database.$queryRaw<{ part: string }[]>`
    SELECT part::text FROM month_partitions(${table}::regclass) WHERE ends_at <= ${moment} ORDER BY ends_at`;
  return rows.map(({ part }) => part);
};

/** Deletes a month with everything in it. */
export const dropMonth = (database: Database, part: string): Promise<void> => briefly(database, [`DROP TABLE ${part}`]);

/** Whether a signed checkpoint stands at or after every row of this month of the audit. */
export const isCovered = async (database: Database, part: string): Promise<boolean> => {
  const [row] = await database.$queryRawUnsafe<{ covered: boolean }[]>(
    `SELECT NOT EXISTS (SELECT FROM ${part} AS entry WHERE entry.stream IS NULL OR entry.seq > coalesce(
       (SELECT max(seq) FROM audit_checkpoints AS point WHERE point.stream = entry.stream), 0)) AS covered`,
  );
  return row?.covered === true;
};

/** Moves a month of the audit into the archive; killed in between, it is done again from the start. */
export const archiveAuditMonth = async (database: Database, part: string): Promise<void> => {
  const [row] = await database.$queryRaw<
    { rule: string }[]
  >`SELECT pg_get_partition_constraintdef(${part}::regclass) AS rule`;
  await briefly(database, [
    `ALTER TABLE ${part} DROP CONSTRAINT IF EXISTS within_month`,
    `ALTER TABLE ${part} ADD CONSTRAINT within_month CHECK (${row?.rule ?? 'false'}) NOT VALID`,
  ]);
  await briefly(database, [`ALTER TABLE ${part} VALIDATE CONSTRAINT within_month`]);
  await briefly(database, [`SELECT archive_audit_month('${part}')`]);
};
