import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../log.ts';

/**
 * A connection that reconnects for ever but never hoards: while Redis is away a command fails at once instead of
 * waiting in a queue, so that callers can be refused honestly. A command that was on its way when the connection
 * broke fails too; every script is safe to repeat.
 */
export const connectRedis = (url: string, log: Log, options: Omit<RedisOptions, 'replyMapping'> = {}): Redis => {
  const redis = new Redis(url, {
    enableAutoPipelining: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    retryStrategy: (attempt) => Math.min(2_000, 50 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2),
    ...options,
  });
  // Without a listener ioredis prints to the console; the state is what matters, and readiness reports it.
  redis.on('error', (error: Error) => log.debug({ error: error.message }, 'redis connection'));
  return redis;
};

/** Resolves once the connection can take commands. @throws Error after `timeoutMs` */
export const untilReady = async (redis: Redis, timeoutMs = 15_000): Promise<void> => {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Redis did not answer')), timeoutMs);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
};
