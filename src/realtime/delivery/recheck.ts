import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from '../../kernel/actor.ts';
import type { Turns } from '../../platform/turns.ts';
import type { Seat } from '../connections.ts';

/** A question that fails is asked again this often before the answer is no: a database that restarts sends nobody away. */
const MAX_ATTEMPTS = 30;
const RETRY_MS = 1_000;

export interface Recheck {
  mayWatch: (actor: Actor) => Promise<boolean>;
  /** Bounds the questions of all rooms of this node together. */
  turns: Pick<Turns, 'take'>;
}

/**
 * Asks for everybody in the seats whether they may still be there, and tells each answer as soon as it is known. Never
 * throws: where the question goes on failing the answer is no, and they may ask to watch again.
 */
export const askAgain = async (
  seats: Iterable<Seat>,
  { mayWatch, turns }: Recheck,
  answered: (userId: string, may: boolean) => void,
): Promise<void> => {
  const actors = new Map(Array.from(seats, ({ connection: { actor } }) => [actor.userId, actor]));
  const ask = async (actor: Actor): Promise<void> => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const may = await turns.take(() => mayWatch(actor)).catch(() => null);
      if (may !== null) {
        answered(actor.userId, may);
        return;
      }
      await pause(RETRY_MS, undefined, { ref: false });
    }
    answered(actor.userId, false);
  };
  await Promise.all([...actors.values()].map(ask));
};
