import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Domain, JobHandler } from '../kernel/domain.ts';
import type { Deliver } from '../platform/facts/deliveries.ts';
import { hasDue, hasten, lookAtDue, registerSubscribers } from '../platform/facts/owed.ts';
import { newId } from '../platform/ids.ts';
import type { QueueName } from '../platform/jobs/queue.ts';
import type { Platform } from '../platform/platform.ts';
import { putLeftAside } from './put-aside.ts';
import { type Repeating, repeat } from './repeat.ts';
import { schedule } from './schedule.ts';

export interface TendParts {
  platform: Pick<Platform, 'database' | 'log' | 'metrics'>;
  redis: Redis;
  queues: Record<QueueName, Queue>;
  deliver: Deliver;
  jobs: JobHandler[];
  subscribers: Domain['subscribers'];
}

const LOOK_MS = 2_000;
const MINUTE_MS = 60_000;
/** Facts of one statement. */
const BATCH = 500;
/** Lies in the queues' Redis for as long as that keeps what it is given. */
const KEPT = 'rally:{kept}:since';

/**
 * Sees to it that what is owed is queued, from what PostgreSQL says: Redis may have lost any of it. Facts that not all who
 * are owed them have are delivered again; what recurs is set again; what failed without a letter gets one.
 */
export const tend = (parts: TendParts): Repeating => {
  const { log } = parts.platform;
  const facts = repeat({ everyMs: LOOK_MS, log, failure: 'facts that are due not looked at' }, async (isStopping) => {
    if (await isRedisNew(parts.redis)) await refill(parts);
    await deliverOwed(parts, isStopping);
  });
  const rest = repeat({ everyMs: MINUTE_MS, log, failure: 'queues not looked after' }, () => lookAfter(parts));
  return { stop: async () => void (await Promise.all([facts.stop(), rest.stop()])) };
};

const isRedisNew = async (redis: Redis): Promise<boolean> => (await redis.exists(KEPT)) === 0;

/** The mark comes last: a worker that dies before it has another one do all of this again. */
const refill = async ({ platform, redis, queues, jobs }: TendParts): Promise<void> => {
  await schedule(queues.jobs, jobs);
  await hasten(platform.database);
  await redis.set(KEPT, newId());
  platform.log.info('the queues are new: what recurs was set, and what is owed is delivered again');
};

/** Goes on as long as that helps: where deliveries only wait in the queue, more looking would not make it shorter. */
const deliverOwed = async ({ platform, deliver }: TendParts, isStopping: () => boolean): Promise<void> => {
  if (!(await hasDue(platform.database))) return;
  for (let progress = 1; progress > 0 && !isStopping(); ) {
    const { done, owed } = await lookAtDue(platform.database, BATCH);
    const again = await deliver.again(owed);
    progress = done + again;
    if (again > 0) platform.log.warn({ facts: owed.length, deliveries: again }, 'facts are delivered again');
  }
};

const lookAfter = async ({ platform, queues, jobs, subscribers }: TendParts): Promise<void> => {
  await schedule(queues.jobs, jobs);
  await registerSubscribers(platform.database, subscribers);
  for (const [name, queue] of Object.entries(queues)) await putLeftAside(platform, name as QueueName, queue);
};
