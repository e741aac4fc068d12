import { type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { type QueueName, queuePrefix } from '../platform/jobs/queue.ts';
import { isOutage } from '../platform/outage.ts';
import type { Platform } from '../platform/platform.ts';
import { postpone } from './postpone.ts';
import { putJobAside } from './put-aside.ts';

/** A consumer of one queue. */
export interface QueueWorker {
  /** Takes nothing new and waits for what runs, at most `timeoutMs`; what is left then is taken up by other workers. */
  stop: (timeoutMs: number) => Promise<void>;
}

interface Tuning {
  concurrency: number;
  /** A worker that is silent for this long has died: its jobs go back into the queue. */
  lockMs: number;
  /** How often to look for such jobs. */
  stalledCheckMs: number;
}

const TUNING: Record<QueueName, Tuning> = {
  // Callers wait for 5 s. A dead worker's commit starts again within 3 s; one that only seemed dead finds the answer stored.
  commits: { concurrency: 32, lockMs: 2_000, stalledCheckMs: 1_000 },
  // Each may carry a whole group.
  grouped: { concurrency: 32, lockMs: 4_000, stalledCheckMs: 1_000 },
  facts: { concurrency: 16, lockMs: 10_000, stalledCheckMs: 5_000 },
  jobs: { concurrency: 16, lockMs: 10_000, stalledCheckMs: 5_000 },
};

/** A job whose worker dies this often is what kills it. */
const MAX_STALLS = 3;
const RETRY_REDIS_MS = 500;

/**
 * Runs `process` for each job of the queue. A job that fails for good becomes a row of `dead_letters`; one that a database
 * stood in the way of, which is away, full or read-only, has not failed and is run again later.
 */
export const startQueueWorker = (
  platform: Pick<Platform, 'database' | 'log' | 'metrics'>,
  redis: Redis,
  name: QueueName,
  process: (job: Job) => Promise<void>,
): QueueWorker => {
  const { concurrency, lockMs, stalledCheckMs } = TUNING[name];
  const run = async (job: Job, token?: string): Promise<void> => {
    try {
      await process(job);
    } catch (error) {
      if (!isOutage(error)) throw error;
      await postpone(platform.log, { job, token, error });
    }
  };
  const worker = new Worker(name, run, {
    connection: redis,
    prefix: queuePrefix(name),
    concurrency,
    lockDuration: lockMs,
    stalledInterval: stalledCheckMs,
    maxStalledCount: MAX_STALLS,
    runRetryDelay: RETRY_REDIS_MS,
  });
  const letters = new Set<Promise<void>>();
  worker.on('error', (error) => platform.log.debug({ queue: name, error: error.message }, 'queue worker'));
  worker.on('failed', (job) => {
    if (!job || job.finishedOn === undefined) return;
    const letter = putJobAside(platform, name, job).finally(() => letters.delete(letter));
    letters.add(letter);
  });
  return {
    stop: async (timeoutMs) => {
      const late = new Promise((resolve) => setTimeout(resolve, timeoutMs).unref());
      await Promise.race([worker.close(), late]);
      await Promise.all(letters);
    },
  };
};
