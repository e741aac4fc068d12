import type { Redis } from 'ioredis';
import { systemClock } from '../../src/platform/clock.ts';
import type { Config } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/db/client.ts';
import { createLog } from '../../src/platform/log.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { connectRedis, untilReady } from '../../src/platform/redis/connect.ts';
import { createSealing } from '../../src/platform/sealing.ts';
import { createSubjectKeys } from '../../src/platform/subject-keys/subject-keys.ts';
import type { WorkersPlatform } from '../../src/workers/start.ts';

/** The parts of the platform that workers and committed calls stand on. */
export type StandInPlatform = WorkersPlatform & { redis: Redis };

export const openPlatform = async (config: Config): Promise<StandInPlatform> => {
  const log = createLog(config.logLevel);
  const redis = connectRedis(config.redis.jobs, log);
  await untilReady(redis);
  const sealing = createSealing(config.encryptionKey);
  return {
    clock: systemClock,
    config,
    database: openDatabase(config.databaseUrl, 40),
    log,
    metrics: createMetrics(),
    redis,
    sealing,
    subjectKeys: createSubjectKeys(config.encryptionKey, sealing),
  };
};
