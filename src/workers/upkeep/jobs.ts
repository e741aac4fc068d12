import { domainUpkeep } from '../../domains/index.ts';
import type { JobHandler } from '../../kernel/domain.ts';
import { joinUpkeep } from '../../kernel/upkeep.ts';
import { dashboardStatsJob } from './dashboard-stats.job.ts';
import { monthsJob } from './months.job.ts';
import { ownUpkeep } from './own-upkeep.ts';
import { recountJob } from './recount.job.ts';
import { retentionJob } from './retention.job.ts';
import { sweepJob } from './sweep.job.ts';
import type { UpkeepPlatform } from './upkeep-platform.ts';

/** The rules of all domains, and of tables that are no domain's. */
export const upkeep = joinUpkeep([...domainUpkeep, ownUpkeep]);

/** Everything that keeps the database as a whole in order. */
export const upkeepJobs = (platform: UpkeepPlatform): JobHandler[] => [
  sweepJob(platform),
  retentionJob(platform, upkeep),
  monthsJob(platform),
  recountJob(platform, upkeep.recounts),
  dashboardStatsJob(platform, upkeep.dailyNumbers),
];
