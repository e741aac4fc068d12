import type { Job, Queue } from 'bullmq';
import { boundTransaction } from '../platform/db/bound-transaction.ts';
import type { Delivery } from '../platform/facts/deliveries.ts';
import { markPutAside } from '../platform/facts/marks.ts';
import { putAside } from '../platform/jobs/dead-letters.ts';
import type { QueueName } from '../platform/jobs/queue.ts';
import type { Platform } from '../platform/platform.ts';

type PuttingAside = Pick<Platform, 'database' | 'log' | 'metrics'>;

/** Failed jobs that are looked at in one go. */
const BATCH = 100;
/** Whoever ran the job has it put aside by then. */
const LEFT_AFTER_MS = 30_000;

/**
 * Makes a job that failed for good a row of `dead_letters`, and only then takes it out of the queue's set of failed ones. Never
 * throws: what cannot be written now stays in that set, where `putLeftAside` finds it.
 */
export const putJobAside = async (platform: PuttingAside, name: QueueName, job: Job): Promise<void> => {
  const { log, metrics } = platform;
  try {
    await (name === 'facts' ? putDeliveryAside(platform, job) : putAside(platform.database, letterOf(job)));
    await job.remove();
    metrics.deadLetters.inc();
    log.error({ queue: name, job: job.name, jobId: job.id, reason: job.failedReason }, 'job put aside');
  } catch (failure) {
    log.error({ queue: name, job: job.name, jobId: job.id, err: failure }, 'dead letter not written yet');
  }
};

/** Puts aside what failed while its letter could not be written: PostgreSQL was away, or the worker died in between. */
export const putLeftAside = async (platform: PuttingAside, name: QueueName, queue: Queue): Promise<void> => {
  const untilMs = Date.now() - LEFT_AFTER_MS;
  for (const job of await queue.getFailed(0, BATCH - 1)) {
    if (job?.finishedOn !== undefined && job.finishedOn < untilMs) await putJobAside(platform, name, job);
  }
};

/** A recurring job that keeps failing fills one row, not one a turn. */
const letterOf = (job: Job) => ({
  source: 'job' as const,
  reference: `${job.name}#${job.repeatJobKey ?? job.id}`,
  payload: job.data as unknown,
  error: errorOf(job),
});

const errorOf = ({ failedReason, stacktrace }: Job): string => stacktrace?.at(-1) ?? failedReason ?? 'unknown';

const putDeliveryAside = async ({ database }: PuttingAside, job: Job<Delivery>): Promise<void> => {
  const { name: subscriber, data } = job;
  const reference = `${subscriber}#${data.factId}`;
  await boundTransaction(database, async (tx) => {
    await putAside(tx, { source: 'fact', reference, payload: data, error: errorOf(job) });
    await markPutAside(tx, { factId: data.factId, subscriber });
  });
};
