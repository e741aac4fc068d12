import type { Subscriber } from '../kernel/domain.ts';
import { noteRecorded, type OutboxRow } from '../platform/facts/outbox.ts';
import type { Log } from '../platform/log.ts';
import { createTurns } from '../platform/turns.ts';
import type { Pace } from './pace.ts';
import type { Relay } from './relay-facts.ts';

/** Runs what is urgent about facts that have just been committed. Never throws: what fails, the queue brings again. */
export type AtOnce = (facts: readonly OutboxRow[]) => Promise<void>;

/** Runs at a time on one worker: they use the connections of the commits. */
const MAX_RUNNING = 8;
/** Runs on one worker at most, those that wait included; beyond it the queue has to do. */
const MAX_INSIDE = 200;
/** A caller waits no longer for what follows from the call; it goes on without them. */
const WAIT_MS = 500;

export interface AtOnceParts {
  subscribers: readonly Subscriber[];
  relay: Pick<Relay, 'pushRecorded'>;
  pace: Pick<Pace, 'atMost'>;
  log: Log;
}

export const createAtOnce = ({ subscribers, relay, pace, log }: AtOnceParts): AtOnce => {
  const urgent = subscribers.filter(({ urgency }) => urgency === 'AT_ONCE');
  const turns = createTurns(() => pace.atMost(MAX_RUNNING));
  let inside = 0;

  const run = async (subscriber: Subscriber, { id, payload }: OutboxRow): Promise<void> => {
    if (inside >= MAX_INSIDE) return;
    inside += 1;
    try {
      // Safe: parsed by the schema of the very fact the subscriber names.
      const parsed = subscriber.fact.payload.parse(payload) as Parameters<Subscriber['run']>[0];
      await turns.take(() => noteRecorded(() => subscriber.run(parsed, id), relay.pushRecorded));
    } catch (error) {
      log.debug({ subscriber: subscriber.name, factId: id, err: error }, 'left to the queue');
    } finally {
      inside -= 1;
    }
  };

  return async (facts) => {
    const runs = facts.flatMap((fact) =>
      urgent.filter((subscriber) => subscriber.fact.name === fact.name).map((subscriber) => run(subscriber, fact)),
    );
    if (runs.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, WAIT_MS);
    });
    await Promise.race([Promise.all(runs), late]);
    clearTimeout(timer);
  };
};
