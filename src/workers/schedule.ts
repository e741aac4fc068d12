import type { Queue } from 'bullmq';
import type { JobHandler } from '../kernel/domain.ts';

/** A turn that is later than its interval and this has been lost: the next one would follow only from it. */
const LOST_AFTER_MS = 60_000;

/**
 * Makes the jobs that run by themselves recur, and ends those no domain has any more. Every worker may call it at any time:
 * what recurs already is left alone, for its turns count from when it was set.
 */
export const schedule = async (queue: Queue, handlers: JobHandler[]): Promise<void> => {
  const recurring = new Map<string, number>();
  for (const { contract } of handlers)
    if (contract.everyMs !== undefined) recurring.set(contract.name, contract.everyMs);
  const nowMs = Date.now();
  for (const { key, every, next } of await queue.getJobSchedulers()) {
    if (!recurring.has(key)) await queue.removeJobScheduler(key);
    const isAlive = next !== undefined && next !== null && nowMs < next + (every ?? 0) + LOST_AFTER_MS;
    if (isAlive && every === recurring.get(key)) recurring.delete(key);
  }
  for (const [name, everyMs] of recurring) {
    // Its next turn comes anyway, so a failed one is not retried.
    await queue.upsertJobScheduler(name, { every: everyMs }, { name, data: {}, opts: { attempts: 1 } });
  }
};
