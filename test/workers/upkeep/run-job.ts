import { z } from 'zod';
import { archiveMessages } from '../../../src/domains/social/chat/archive-messages.job.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { openDatabase } from '../../../src/platform/db/client.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createMetrics } from '../../../src/platform/metrics.ts';
import { upkeepJobs } from '../../../src/workers/upkeep/jobs.ts';

/* One job in a process of its own, to be killed: DATABASE_URL and JOB name what runs. Ends by itself when it is done. */

const { DATABASE_URL, JOB } = z.object({ DATABASE_URL: z.string(), JOB: z.string() }).parse(process.env);
const platform = {
  clock: systemClock,
  database: openDatabase(DATABASE_URL, 2),
  log: createLog('silent'),
  metrics: createMetrics(),
};
const job = [...upkeepJobs(platform), archiveMessages(platform)].find(({ contract }) => contract.name === JOB);
if (!job) throw new Error(`no job ${JOB}`);
await job.run({});
process.exit();
