import type { Queue } from 'bullmq';
import type { Subscriber } from '../../kernel/domain.ts';
import type { OutboxRow } from './outbox.ts';

/** What lies in the `facts` queue: one fact for one subscriber, whose name is the job's. */
export interface Delivery {
  factId: string;
  payload: unknown;
}

/** Puts facts into the queue of deliveries. */
export type Deliver = (rows: OutboxRow[]) => Promise<void>;

/**
 * One job per fact and subscriber, in the order of the rows. Its id is made of both, so that a fact that is put in twice
 * within an hour is delivered once.
 */
export const createDeliver = (queue: Queue, subscribers: Subscriber[]): Deliver => {
  return async (rows) => {
    const jobs = rows.flatMap(({ id, name, payload }) => {
      const listening = subscribers.filter(({ fact }) => fact.name === name);
      const data: Delivery = { factId: id, payload };
      return listening.map((subscriber) => ({
        name: subscriber.name,
        data,
        opts: { jobId: `${id}/${subscriber.name}` },
      }));
    });
    if (jobs.length > 0) await queue.addBulk(jobs);
  };
};
