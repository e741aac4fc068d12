import type { Queue } from 'bullmq';
import type { JobHandler } from '../kernel/domain.ts';

/** Makes the jobs that run by themselves recur, and ends those no domain has any more. Every worker may call it. */
export const schedule = async (queue: Queue, handlers: JobHandler[]): Promise<void> => {
  const recurring = new Map<string, number>();
  for (const { contract } of handlers)
    if (contract.everyMs !== undefined) recurring.set(contract.name, contract.everyMs);
  for (const known of await queue.getJobSchedulers()) {
    if (!recurring.has(known.key)) await queue.removeJobScheduler(known.key);
  }
  for (const [name, everyMs] of recurring) {
    // Its next turn comes anyway, so a failed one is not retried.
    await queue.upsertJobScheduler(name, { every: everyMs }, { name, data: {}, opts: { attempts: 1 } });
  }
};
