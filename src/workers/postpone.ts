import { DelayedError, type Job } from 'bullmq';
import type { Log } from '../platform/log.ts';

const FIRST_MS = 500;
/** A database that is back finds its work within this time. */
const LONGEST_MS = 15_000;
/** Then it counts as the job's own failure, some ten hours later: what ends every connection it uses looks like an outage. */
const MOST_TIMES = 2_500;

interface Postponing {
  job: Job;
  token: string | undefined;
  error: unknown;
}

/**
 * Puts off a job that an outage stood in the way of, without using up an attempt. A turn of a recurring job is left out: the
 * next one comes by itself.
 * @throws DelayedError, which tells the queue that the job was put off; the outage's error after too many times
 */
export const postpone = async (log: Log, { job, token, error }: Postponing): Promise<void> => {
  log.debug({ job: job.name, jobId: job.id, err: error }, 'job put off');
  if (job.repeatJobKey !== undefined) return;
  const times = job.attemptsStarted - job.attemptsMade;
  if (times > MOST_TIMES) throw error;
  await job.moveToDelayed(Date.now() + delayMs(times), token);
  throw new DelayedError();
};

/** Doubles from half a second to a quarter of a minute, spread so that all do not come back at one moment. */
const delayMs = (times: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(times, 10)) * (0.5 + Math.random() / 2);
