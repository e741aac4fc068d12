import { type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { putAside } from '../platform/jobs/dead-letters.ts';
import { type QueueName, queuePrefix } from '../platform/jobs/queue.ts';
import type { Platform } from '../platform/platform.ts';

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

/** Runs `process` for each job of the queue. A job that fails for good becomes a row of `dead_letters`. */
export const startQueueWorker = (
  platform: Pick<Platform, 'database' | 'log' | 'metrics'>,
  redis: Redis,
  name: QueueName,
  process: (job: Job) => Promise<void>,
): QueueWorker => {
  const { concurrency, lockMs, stalledCheckMs } = TUNING[name];
  const worker = new Worker(name, process, {
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
  worker.on('failed', (job, error) => {
    if (!job || job.finishedOn === undefined) return;
    const letter = putJobAside(platform, name, job, error).finally(() => letters.delete(letter));
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

const putJobAside = async (
  { database, log, metrics }: Pick<Platform, 'database' | 'log' | 'metrics'>,
  name: QueueName,
  job: Job,
  error: Error,
): Promise<void> => {
  const source = name === 'facts' ? 'fact' : 'job';
  // A recurring job that keeps failing fills one row, not one a turn.
  const reference = `${job.name}#${job.repeatJobKey ?? job.id}`;
  log.error({ queue: name, job: job.name, jobId: job.id, err: error }, 'job put aside');
  metrics.deadLetters.inc();
  try {
    await putAside(database, { source, reference, payload: job.data, error: error.stack ?? error.message });
  } catch (failure) {
    // BullMQ keeps the failed job itself for a week.
    log.error({ reference, err: failure }, 'dead letter not written');
  }
};
