import type { Queue } from 'bullmq';
import { boundTransaction } from '../../platform/db/bound-transaction.ts';
import type { Database } from '../../platform/db/client.ts';
import { putBack } from '../../platform/facts/marks.ts';
import { deliveryOf, type Letter } from './letters.ts';
import type { Retried } from './retry-room-letters.ts';

/** The queues that jobs and deliveries of facts go back into. */
export type LetterQueues = Record<'job' | 'fact', Pick<Queue, 'add'>>;

/**
 * Has jobs and deliveries of facts done again, in the order in which they were put aside. A fact is owed once more from the
 * moment its letter is gone, so that no loss of Redis can lose it; a job goes back into its queue, and runs twice should
 * this be killed in between: all of them bear that.
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
  if (source === 'fact' && (await oweAgain(database, letter))) return null;
  // A reference is the job's name and what tells it from others of the name.
  const name = reference.slice(0, reference.indexOf('#'));
  await queues[source === 'fact' ? 'fact' : 'job'].add(name, payload);
  await database.deadLetter.deleteMany({ where: { id } });
  return null;
};

/** @returns false when the fact is not put aside any more, or was forgotten: only its letter has it then */
const oweAgain = (database: Database, letter: Letter): Promise<boolean> =>
  boundTransaction(database, async (tx) => {
    const isOwed = await putBack(tx, deliveryOf(letter));
    if (isOwed) await tx.deadLetter.deleteMany({ where: { id: letter.id } });
    return isOwed;
  });
