import type { JobsOptions, Queue } from 'bullmq';
import type { Subscriber } from '../../kernel/domain.ts';
import type { OutboxRow } from './outbox.ts';
import type { OwedFact } from './owed.ts';

/** What lies in the `facts` queue: one fact for one subscriber, whose name is the job's. */
export interface Delivery {
  factId: string;
  payload: unknown;
  /** Another delivery of it may have come through since: its mark is to be looked for first. */
  isAgain?: true;
}

/** Puts facts into the queue of deliveries. */
export interface Deliver {
  /**
   * One job per fact and subscriber, in the order of the rows. Its id is made of both, so that a fact that is put in twice
   * is delivered once as long as the queue remembers the first.
   */
  first: (rows: OutboxRow[]) => Promise<void>;
  /**
   * Puts in again what is owed and not in the queue any more; what only waits there goes on waiting. Subscribers that this
   * worker does not know are left to one that does.
   * @returns how many deliveries were put in
   */
  again: (facts: OwedFact[]) => Promise<number>;
}

interface Job {
  name: string;
  data: Delivery;
  opts: JobsOptions & { jobId: string };
}

export const createDeliver = (queue: Queue, subscribers: Subscriber[]): Deliver => {
  const jobsOf = ({ id, name, payload }: OutboxRow, isAgain: boolean): Job[] =>
    subscribers
      .filter(({ fact }) => fact.name === name)
      .map((subscriber) => ({
        name: subscriber.name,
        data: { factId: id, payload, ...(isAgain ? { isAgain } : {}) },
        opts: { jobId: `${id}/${subscriber.name}`, ...(subscriber.urgency ? { lifo: true } : {}) },
      }));

  /** A job that has ended keeps its id from being used; that it ended without a mark says that its change was lost. */
  const isGone = async ({ opts }: Job): Promise<boolean> => {
    const job = await queue.getJob(opts.jobId);
    if (!job) return true;
    if (job.finishedOn === undefined) return false;
    await job.remove();
    return true;
  };

  return {
    first: async (rows) => {
      const jobs = rows.flatMap((row) => jobsOf(row, false));
      if (jobs.length > 0) await queue.addBulk(jobs);
    },
    again: async (facts) => {
      const owed = facts.flatMap((fact) => jobsOf(fact, true).filter(({ name }) => fact.subscribers.includes(name)));
      const gone = await Promise.all(owed.map(isGone));
      const jobs = owed.filter((_, place) => gone[place]);
      if (jobs.length > 0) await queue.addBulk(jobs);
      return jobs.length;
    },
  };
};
