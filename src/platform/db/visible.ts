import { Prisma } from '../../generated/prisma/client.ts';

/** What takes a row out of sight: its owner deleted it, moderation hid it, its host filed it, its person was erased. */
type Removal = 'deletedAt' | 'hiddenAt' | 'archivedAt' | 'erasedAt';

const COLUMNS: Record<Removal, string> = {
  deletedAt: 'deleted_at',
  hiddenAt: 'hidden_at',
  archivedAt: 'archived_at',
  erasedAt: 'erased_at',
};

/** Soft deletion as one rule of the read layer, in both languages queries are written in. */
export interface Visible<R extends Removal> {
  /** For Prisma's `where`. */
  where: Record<R, null>;
  /** For SQL. @param alias the table's name in the query */
  sql: (alias: string) => Prisma.Sql;
}

/** The rule of a table whose rows leave sight in these ways. Each table's topic says it once. */
export const visibleUnless = <const R extends Removal>(...removals: R[]): Visible<R> => ({
  // Safe: one null for each of them is what the type says.
  where: Object.fromEntries(removals.map((removal) => [removal, null])) as Record<R, null>,
  // No value of a caller goes into it: names of columns, and the alias that the query's author wrote.
  sql: (alias) => Prisma.raw(removals.map((removal) => `${alias}.${COLUMNS[removal]} IS NULL`).join(' AND ')),
});
