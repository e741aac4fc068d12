import type { Queue } from 'bullmq';
import type { Database } from '../../platform/db/client.ts';
import type { Letter } from './letters.ts';
import type { Retried } from './retry-room-letters.ts';

/** The queues that jobs and deliveries of facts go back into. */
export type LetterQueues = Record<'job' | 'fact', Pick<Queue, 'add'>>;

/**
 * Puts jobs and deliveries of facts back into their queues, in the order in which they were put aside. Should this be
 * killed in between, one is run twice: all of them bear that.
 */
export const retryQueuedLetters = async (
  database: Database,
  queues: LetterQueues,
  letters: readonly Letter[],
): Promise<Retried[]> => {
  const retried: Retried[] = [];
  for (const letter of letters) {
    const failure = await requeue(database, queues, letter).catch((error: unknown) => error);
    retried.push({ letter, failure });
  }
  return retried;
};

const requeue = async (database: Database, queues: LetterQueues, letter: Letter): Promise<null> => {
  const { id, source, reference, payload } = letter;
  // A reference is the job's name and what tells it from others of the name.
  const name = reference.slice(0, reference.indexOf('#'));
  await queues[source === 'fact' ? 'fact' : 'job'].add(name, payload);
  await database.deadLetter.deleteMany({ where: { id } });
  return null;
};
