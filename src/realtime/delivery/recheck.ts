import type { Actor } from '../../kernel/actor.ts';
import type { Seat } from '../connections.ts';

/** Users asked about at the same time. */
const AT_ONCE = 8;

/**
 * Asks for everybody in the seats whether they may still be there.
 * @returns the users who may not. Where the question fails the answer is no: they may ask to watch again
 */
export const usersWhoMayNot = async (
  seats: Iterable<Seat>,
  mayWatch: (actor: Actor) => Promise<boolean>,
): Promise<string[]> => {
  const actors = new Map(Array.from(seats, ({ connection: { actor } }) => [actor.userId, actor]));
  const waiting = actors.values();
  const refused: string[] = [];
  // One iterator for all: each takes the next actor when it is done with one.
  const ask = async (): Promise<void> => {
    for (const actor of waiting) {
      if (!(await mayWatch(actor).catch(() => false))) refused.push(actor.userId);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return refused;
};
