import { z } from 'zod';
import { archiveOldNotifications } from '../../../dist/domains/notifications/notification/archive-old.job.js';
import { archiveMessages } from '../../../dist/domains/social/chat/archive-messages.job.js';
import { systemClock } from '../../../dist/platform/clock.js';
import { openDatabase } from '../../../dist/platform/db/client.js';
import { createLog } from '../../../dist/platform/log.js';
import { createMetrics } from '../../../dist/platform/metrics.js';
import { upkeepJobs } from '../../../dist/workers/upkeep/jobs.js';

/* One job in a process of its own, to be killed: DATABASE_URL and JOB name what runs. Ends by itself when it is done. */

const { DATABASE_URL, JOB } = z.object({ DATABASE_URL: z.string(), JOB: z.string() }).parse(process.env);
const platform = {
  clock: systemClock,
  database: openDatabase(DATABASE_URL, 2),
  log: createLog('silent'),
  metrics: createMetrics(),
};
const job = [...upkeepJobs(platform), archiveMessages(platform), archiveOldNotifications(platform)].find(
  ({ contract }) => contract.name === JOB,
);
if (!job) throw new Error(`no job ${JOB}`);
await job.run({});
process.exit();
