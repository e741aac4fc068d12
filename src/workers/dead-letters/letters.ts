import { boundTransaction } from '../../platform/db/bound-transaction.ts';
import type { Database } from '../../platform/db/client.ts';
import { type Delivered, markDone } from '../../platform/facts/marks.ts';

/** Something that could not be stored or done, kept until somebody decides. */
export interface Letter {
  id: string;
  source: string;
  reference: string;
  payload: unknown;
  error: string;
  createdAt: Date;
}

/** Letters looked at in one go. */
const MAX_LETTERS = 10_000;

/** The letters with these ids, or all, those that were put aside first in front; 10,000 at most. */
export const readLetters = (database: Database, ids: readonly string[] | 'all'): Promise<Letter[]> =>
  database.deadLetter.findMany({
    ...(ids === 'all' ? {} : { where: { id: { in: [...ids] } } }),
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: MAX_LETTERS,
  });

/** The delivery that a letter of source `fact` is about. */
export const deliveryOf = ({ reference, payload }: Pick<Letter, 'reference' | 'payload'>): Delivered => {
  // Safe: letters of facts hold the delivery, and their reference begins with the subscriber's name.
  const { factId } = payload as { factId: string };
  return { factId, subscriber: reference.slice(0, reference.indexOf('#')) };
};

/** Throws letters away for good; a fact counts as delivered then, and is no longer kept. @returns how many there were */
export const discardLetters = (database: Database, ids: readonly string[]): Promise<number> =>
  boundTransaction(database, async (tx) => {
    const letters = await tx.deadLetter.findMany({
      where: { id: { in: [...ids] } },
      select: { source: true, reference: true, payload: true },
    });
    const ofFacts = letters.filter(({ source }) => source === 'fact').map(deliveryOf);
    if (ofFacts.length > 0) await markDone(tx, ofFacts);
    return (await tx.deadLetter.deleteMany({ where: { id: { in: [...ids] } } })).count;
  });
