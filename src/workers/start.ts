import type { Job } from 'bullmq';
import type { Domain } from '../kernel/domain.ts';
import { checkpointAuditJob } from '../platform/audit/checkpoint.job.ts';
import { createDeliver } from '../platform/facts/deliveries.ts';
import { noteRecorded } from '../platform/facts/outbox.ts';
import { registerSubscribers } from '../platform/facts/owed.ts';
import { openQueue } from '../platform/jobs/queue.ts';
import type { Platform } from '../platform/platform.ts';
import { connectRedis, untilReady } from '../platform/redis/connect.ts';
import { createSharedClock } from '../platform/redis/shared-clock.ts';
import { createTurns } from '../platform/turns.ts';
import { createAlone } from './alone.ts';
import { createCallersFirst } from './callers-first.ts';
import { consumeCommits, consumeFacts, consumeJobs } from './consume.ts';
import { keepPace } from './pace.ts';
import { startQueueWorker } from './queue-worker.ts';
import { startRelay } from './relay-facts.ts';
import { schedule } from './schedule.ts';
import { tend } from './tend.ts';
import { upkeepJobs } from './upkeep/jobs.ts';
import { watchClock } from './watch-clock.ts';

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
/** What else goes on ends within milliseconds, unless Redis is away: then it would wait for that. */
const LAST_MS = 2_000;

/**
 * Starts everything a process with the role `worker` does. `platform.database` needs a pool of 40 connections: 32
 * commits at once, and room for jobs.
 * @throws Error when the queues' Redis or PostgreSQL does not answer
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
  const queues = {
    commits: openQueue('commits', redis, log),
    grouped: openQueue('grouped', redis, log),
    facts: openQueue('facts', redis, log),
    jobs: openQueue('jobs', redis, log),
  };
  const deliver = createDeliver(queues.facts, subscribers);
  // Before anything is recorded or looked at: what is recorded from here on is owed to these.
  await registerSubscribers(database, subscribers);
  const relay = startRelay({ database, deliver, log });
  const relaying = (run: (job: Job) => Promise<void>) => (job: Job) => noteRecorded(() => run(job), relay.pushRecorded);
  await schedule(queues.jobs, jobs);
  const tending = tend({ platform, redis, queues, deliver, jobs, subscribers });
  const pace = keepPace();
  const turns = createCallersFirst(pace);
  const urgentTurns = createTurns(() => pace.atMost(Number.POSITIVE_INFINITY));
  const clock = await createSharedClock(redis);
  const watching = watchClock(platform, clock);
  const consume = consumeCommits({ ...platform, nowMs: clock.nowMs }, domains, { redis, relay, pace });
  const decide = (job: Job) => turns.call(() => consume(job));
  const urgent = new Set(subscribers.filter(({ urgency }) => urgency !== undefined).map(({ name }) => name));
  const bring = consumeFacts(database, subscribers);
  const workers = [
    startQueueWorker(platform, redis, 'commits', decide),
    startQueueWorker(platform, redis, 'grouped', decide),
    startQueueWorker(
      platform,
      redis,
      'facts',
      relaying((job) => (urgent.has(job.name) ? urgentTurns.take : turns.later)(() => bring(job))),
    ),
    startQueueWorker(platform, redis, 'jobs', relaying(consumeJobs(jobs, createAlone(redis, log)))),
  ];
  return {
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop(STOP_TIMEOUT_MS)));
      watching.stop();
      pace.stop();
      clock.stop();
      const late = new Promise((resolve) => setTimeout(resolve, LAST_MS).unref());
      await Promise.race([Promise.all([relay.stop(), tending.stop()]), late]);
      redis.disconnect();
    },
  };
};
