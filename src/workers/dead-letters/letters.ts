import type { Database } from '../../platform/db/client.ts';

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

/** Throws letters away for good. @returns how many there were */
export const discardLetters = async (database: Database, ids: readonly string[]): Promise<number> =>
  (await database.deadLetter.deleteMany({ where: { id: { in: [...ids] } } })).count;
