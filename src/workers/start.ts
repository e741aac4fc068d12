import type { Job } from 'bullmq';
import type { Domain } from '../kernel/domain.ts';
import { checkpointAuditJob } from '../platform/audit/checkpoint.job.ts';
import { createDeliver } from '../platform/facts/deliveries.ts';
import { noteRecorded } from '../platform/facts/outbox.ts';
import { openQueue } from '../platform/jobs/queue.ts';
import type { Platform } from '../platform/platform.ts';
import { connectRedis, untilReady } from '../platform/redis/connect.ts';
import { createAlone } from './alone.ts';
import { createCallersFirst } from './callers-first.ts';
import { consumeCommits, consumeFacts, consumeJobs } from './consume.ts';
import { startQueueWorker } from './queue-worker.ts';
import { startRelay } from './relay-facts.ts';
import { schedule } from './schedule.ts';
import { upkeepJobs } from './upkeep/jobs.ts';

export type WorkersPlatform = Pick<
  Platform,
  'clock' | 'config' | 'database' | 'log' | 'metrics' | 'sealing' | 'subjectKeys'
>;

/** Running consumers of one process. */
export interface Workers {
  /** Takes nothing new and waits for what runs, at most 25 s; what is left then other workers take up. */
  stop: () => Promise<void>;
}

/** Kubernetes kills 30 s after it asks; the rest is for closing connections. */
const STOP_TIMEOUT_MS = 25_000;

/**
 * Starts everything a process with the role `worker` does. `platform.database` needs a pool of 40 connections: 32
 * commits at once, and room for jobs.
 * @throws Error when the queues' Redis does not answer
 */
export const startWorkers = async (platform: WorkersPlatform, domains: Domain[]): Promise<Workers> => {
  const { config, database, log } = platform;
  // Consumers wait for Redis to come back instead of failing at once.
  const redis = connectRedis(config.redis.jobs, log, {
    enableAutoPipelining: false,
    maxRetriesPerRequest: null,
    enableOfflineQueue: true,
  });
  await untilReady(redis);
  const subscribers = domains.flatMap((domain) => domain.subscribers);
  const jobs = [...upkeepJobs(platform), checkpointAuditJob(platform), ...domains.flatMap((domain) => domain.jobs)];
  const deliver = createDeliver(openQueue('facts', redis, log), subscribers);
  const relay = startRelay({ database, deliver, log });
  const relaying = (run: (job: Job) => Promise<void>) => (job: Job) => noteRecorded(() => run(job), relay.pushRecorded);
  await schedule(openQueue('jobs', redis, log), jobs);
  const turns = createCallersFirst();
  const consume = consumeCommits(platform, domains, redis, relay);
  const decide = (job: Job) => turns.call(() => consume(job));
  const bring = consumeFacts(subscribers);
  const workers = [
    startQueueWorker(platform, redis, 'commits', decide),
    startQueueWorker(platform, redis, 'grouped', decide),
    startQueueWorker(
      platform,
      redis,
      'facts',
      relaying((job) => turns.later(() => bring(job))),
    ),
    startQueueWorker(platform, redis, 'jobs', relaying(consumeJobs(jobs, createAlone(redis, log)))),
  ];
  return {
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop(STOP_TIMEOUT_MS)));
      await relay.stop();
      redis.disconnect();
    },
  };
};
