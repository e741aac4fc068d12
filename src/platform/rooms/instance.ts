import type { Redis } from 'ioredis';

/**
 * Which Redis process answers. A restarted one may have lost the end of a log, so rooms written to another process get
 * a new epoch before they go on.
 */
export const trackInstance = (redis: Redis): (() => Promise<string>) => {
  let known: Promise<string> | null = null;
  redis.on('close', () => {
    known = null;
  });
  const ask = async (): Promise<string> => {
    const info = await redis.info('server');
    const runId = /^run_id:(\w+)/m.exec(info)?.[1];
    if (!runId) throw new Error('Redis does not tell its run_id');
    return runId;
  };
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
};
