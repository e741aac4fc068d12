import { Prisma } from '../../../generated/prisma/client.ts';
import type { Database } from '../client.ts';
import type { Spelling } from './cursor.ts';

/** Words of a search that are looked up; the others are not made up for. */
const MAX_WORDS = 12;
/** Words spelled alike that stand in for one. */
const MAX_ALIKE = 3;

/** Each word that is looked for, with the known words that are spelled most like it. */
export const findSpelling = async (reader: Pick<Database, '$queryRaw'>, words: string): Promise<Spelling> => {
  const rows = await reader.$queryRaw<{ alternatives: string[] }[]>(spellingStatement(words));
  return rows.map(({ alternatives }) => alternatives);
};

/** A word counts as like another that has three tenths of the trigrams of both (`pg_trgm.similarity_threshold`). */
export const spellingStatement = (words: string): Prisma.Sql => Prisma.sql`
  SELECT ARRAY[given] || ARRAY(
    SELECT known.word FROM search_words AS known WHERE known.word % given AND known.word <> given
    ORDER BY similarity(known.word, given) DESC, known.word LIMIT ${MAX_ALIKE}) AS alternatives
  FROM plain_words(${words}::text) AS given ORDER BY given LIMIT ${MAX_WORDS}`;

/** A query for one of the alternatives of each word; without words it finds nothing. */
export const asSpelledQuery = (spelling: Spelling): Prisma.Sql => {
  if (spelling.length === 0) return Prisma.sql`''::tsquery`;
  const anyOf = (alternatives: string[]): Prisma.Sql =>
    Prisma.sql`(${Prisma.join(
      alternatives.map((word) => Prisma.sql`search_query(${word}::text)`),
      ' || ',
    )})`;
  return Prisma.sql`(${Prisma.join(spelling.map(anyOf), ' && ')})`;
};
