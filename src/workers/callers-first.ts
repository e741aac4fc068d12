import { createTurns } from '../platform/turns.ts';
import type { Pace } from './pace.ts';

/** Deliveries of facts at once at most while calls are being decided: nobody waits for those, and a sale's crowd waits for these. */
const BESIDE_CALLS = 3;

export interface CallersFirst {
  /** Decides a call. */
  call: <Result>(run: () => Promise<Result>) => Promise<Result>;
  /** Does what nobody waits for; while calls are being decided few of these run, and the others have their turn later. */
  later: <Result>(run: () => Promise<Result>) => Promise<Result>;
}

/**
 * Lets calls go before what they cause. Both run in one process: without this, what the first bookings of a sale cause
 * (rooms, notifications, searches) takes the time of those who still wait to be told yes or no. It is never more than put
 * off: some of it goes on beside the calls, and what waits is bounded by the queue's own concurrency.
 */
export const createCallersFirst = ({ atMost }: Pick<Pace, 'atMost'>): CallersFirst => {
  let calls = 0;
  const { take, admit } = createTurns(() => atMost(calls === 0 ? Number.POSITIVE_INFINITY : BESIDE_CALLS));
  return {
    call: async (run) => {
      calls += 1;
      try {
        return await run();
      } finally {
        calls -= 1;
        admit();
      }
    },
    later: take,
  };
};
