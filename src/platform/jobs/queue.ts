import { type DefaultJobOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';

/**
 * `commits`: committed operations. `grouped`: those that are decided several at a time, apart, so that a crowd at one event
 * does not stand in everybody's way. `facts`: one job per fact and subscriber. `jobs`: everything for later. */
export type QueueName = 'commits' | 'grouped' | 'facts' | 'jobs';

/** All keys of a queue share a hash tag, so that each queue lives in one slot of a Redis Cluster. */
export const queuePrefix = (name: QueueName): string => `rally:{${name}}`;

/** The stream of notices BullMQ writes for dashboards; nothing of ours reads it. */
const MAX_NOTICES = 1_000;

/** A producer's end of a queue on a connection it does not own: there is nothing to close. */
export const openQueue = (name: QueueName, redis: Redis, log: Log): Queue => {
  const queue = new Queue(name, {
    connection: redis,
    prefix: queuePrefix(name),
    defaultJobOptions: JOB_OPTIONS[name],
    streams: { events: { maxLen: MAX_NOTICES } },
  });
  queue.on('error', (error) => log.debug({ queue: name, error: error.message }, 'queue connection'));
  return queue;
};

// A commit answers its caller by itself and keeps its answer in PostgreSQL. It fails only when that is away.
const COMMITS: DefaultJobOptions = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 200, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: { count: 1_000, age: 24 * 3_600 },
  stackTraceLimit: 2,
};

const JOB_OPTIONS: Record<QueueName, DefaultJobOptions> = {
  commits: COMMITS,
  grouped: COMMITS,
  // Finished deliveries are kept for a while: their ids keep a fact that is relayed twice from being delivered twice. Failed
  // jobs of every queue wait there for their letter.
  facts: {
    attempts: 10,
    backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
    removeOnComplete: { count: 10_000, age: 3_600 },
    removeOnFail: { count: 10_000, age: 7 * 24 * 3_600 },
    stackTraceLimit: 5,
  },
  jobs: {
    attempts: 8,
    backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
    removeOnComplete: true,
    removeOnFail: { count: 10_000, age: 7 * 24 * 3_600 },
    stackTraceLimit: 5,
  },
};
