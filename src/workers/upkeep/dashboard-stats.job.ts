import { z } from 'zod';
import { job } from '../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../kernel/domain.ts';
import type { DailyNumber } from '../../kernel/upkeep.ts';
import type { Database } from '../../platform/db/client.ts';
import type { UpkeepPlatform } from './upkeep-platform.ts';

/** Days that are computed again in every turn: late facts change days that are over. */
const DAYS = 35;

const compute = job({
  name: 'upkeep.computeDashboard',
  summary: 'Computes the dashboard’s numbers of the last 35 days from their source',
  payload: z.object({}),
  everyMs: 10 * 60_000,
});

export const dashboardStatsJob = (
  { database, clock, metrics }: UpkeepPlatform,
  numbers: readonly DailyNumber[],
): JobHandler =>
  jobHandler({
    contract: compute,
    run: async () => {
      for (const daily of numbers) {
        const count = await computeDays(database, daily, clock.now());
        metrics.upkeepRows.inc({ job: compute.name, table: 'dashboard_stats' }, count);
      }
    },
  });

/** Writes the days whose number changed; days without rows are 0 once they had some. @returns how many */
const computeDays = (database: Database, { name, table, at, sum }: DailyNumber, now: Date): Promise<number> => {
  const [value, currency] = sum === undefined ? ['count(*)', 'NULL::text'] : [`coalesce(sum(${sum}), 0)`, 'currency'];
  const dimension = sum === undefined ? `''` : `'currency=' || currency`;
  return database.$executeRawUnsafe(
    `WITH span AS (
       SELECT (date_trunc('day', $2::timestamptz AT TIME ZONE 'UTC') - interval '${DAYS} days') AT TIME ZONE 'UTC' AS since
     ), counted AS (
       SELECT date_trunc('day', ${at} AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS day, ${dimension} AS dimension,
         ${currency} AS currency, ${value}::bigint AS value
       FROM ${table}, span WHERE ${at} >= since AND ${at} <= $2 GROUP BY 1, 2, 3
     ), wanted AS (
       SELECT day, dimension, currency, value FROM counted
       UNION ALL
       SELECT period_start, dimension, currency, 0 FROM dashboard_stats, span
       WHERE metric = $1 AND period = 'DAY' AND period_start >= since
         AND NOT EXISTS (SELECT FROM counted WHERE day = period_start AND counted.dimension = dashboard_stats.dimension)
     )
     INSERT INTO dashboard_stats AS kept (id, metric, period, period_start, dimension, value, currency, computed_at)
     SELECT gen_random_uuid(), $1, 'DAY', day, dimension, value, currency, $2 FROM wanted
     ON CONFLICT (metric, period, period_start, dimension) DO UPDATE
     SET value = excluded.value, computed_at = excluded.computed_at WHERE kept.value <> excluded.value`,
    name,
    now,
  );
};
