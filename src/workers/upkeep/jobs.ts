import type { JobHandler } from '../../kernel/domain.ts';
import { archiveNotificationsJob } from './archive-notifications.job.ts';
import { dashboardStatsJob } from './dashboard-stats.job.ts';
import { monthsJob } from './months.job.ts';
import { recountJob } from './recount.job.ts';
import { recounts } from './recounts/all.ts';
import { retentionJob } from './retention.job.ts';
import { sweepJob } from './sweep.job.ts';
import type { UpkeepPlatform } from './upkeep-platform.ts';

/** Everything that keeps the database as a whole in order. */
export const upkeepJobs = (platform: UpkeepPlatform): JobHandler[] => [
  sweepJob(platform),
  retentionJob(platform),
  monthsJob(platform),
  archiveNotificationsJob(platform),
  recountJob(platform, recounts),
  dashboardStatsJob(platform),
];
