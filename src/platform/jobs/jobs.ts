import type { Redis } from 'ioredis';
import type { JobContract, PayloadOf } from '../../kernel/contract.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Log } from '../log.ts';
import { openQueue } from './queue.ts';

export interface LaterOptions {
  /**
   * Keeps repeats apart from new work: while a job of this kind with the same id waits (also for its next attempt)
   * another is dropped; while it runs, the latest one is kept and runs right after it.
   */
  id?: string;
  /** Not before this many milliseconds from now. */
  delayMs?: number;
}

/** Work for workers. */
export interface Jobs {
  /**
   * Hands over a job; it runs at least once and is retried with growing pauses for about two minutes, after which it
   * becomes a row of `dead_letters`; while a database is away it waits without being counted. Redis alone holds it: what money
   * hangs on needs a sweep besides. Payloads lie in Redis as they are: no secrets.
   * @throws OVERLOADED when Redis is away
   */
  later: <J extends JobContract>(job: J, payload: PayloadOf<J>, options?: LaterOptions) => Promise<void>;
}

/** @param redis the connection of the `jobs` role; it stays its owner's to close */
export const createJobs = (redis: Redis, log: Log): Jobs => {
  const queue = openQueue('jobs', redis, log);
  return {
    later: async (job, payload, { id, delayMs } = {}) => {
      const options = {
        ...(delayMs === undefined ? {} : { delay: delayMs }),
        ...(id === undefined ? {} : { deduplication: { id: `${job.name}/${id}`, keepLastIfActive: true } }),
      };
      try {
        await queue.add(job.name, payload, options);
      } catch (error) {
        log.warn({ job: job.name, err: error }, 'job not handed over');
        throw new AppError('OVERLOADED', 'Work cannot be queued at the moment.', { retryAfterMs: 1_000 });
      }
    },
  };
};
