import { Prisma } from '../../../generated/prisma/client.ts';

/**
 * The words as a query of the platform's text search: `a "b c" -d or e`, without accents, by their stems. A word with
 * signs in it, such as `AT&T`, is a phrase.
 */
export const asQuery = (words: string): Prisma.Sql => Prisma.sql`search_query(${words}::text)`;

/** The words as trigram indexes hold text: in lower case, without accents. */
export const asPlain = (words: string): Prisma.Sql => Prisma.sql`immutable_unaccent(lower(${words}::text))`;

/** How well a document fits: frequent and heavy words count more, and those of a long text a little less. */
export const rankOf = (document: Prisma.Sql, query: Prisma.Sql): Prisma.Sql =>
  // 1 divides by 1 + the logarithm of the document's length (manual, section 12.3.3).
  Prisma.sql`ts_rank(${document}, ${query}, 1)::float8`;

/** False for words with a phrase, an exclusion or an alternative: who writes those means them as they are. */
export const mayBeMisspelt = (words: string): boolean => !/"|(^|\s)-|\sor\s/i.test(words);
