import type { Upkeep } from '../../kernel/upkeep.ts';

/**
 * Keeps tables that are no domain's. Answers and relayed facts go by the minute (`sweep.job.ts`), whole months of logs by
 * partition (`months.job.ts`).
 */
export const ownUpkeep: Upkeep = {
  retention: [
    { name: 'faults not seen any more', table: 'error_logs', keepDays: 90, where: 'kept.last_seen_at < $1' },
    {
      name: 'finished pieces of work',
      table: 'background_jobs',
      keepDays: 30,
      where: `kept.status IN ('SUCCEEDED', 'FAILED', 'CANCELLED') AND coalesce(kept.finished_at, kept.updated_at) < $1`,
    },
    {
      name: 'hours of the dashboard',
      table: 'dashboard_stats',
      keepDays: 35,
      where: `kept.period = 'HOUR' AND kept.period_start < $1`,
    },
  ],
  notRecounted: { dashboard_stats: 'computed anew by its own job' },
};
