import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'eventCategory'>;

/** Whether events may be put into a category. */
export const isCategory = async (reader: Reader, categoryId: string): Promise<boolean> =>
  (await reader.eventCategory.findFirst({ where: { id: categoryId, isActive: true }, select: { id: true } })) !== null;

export const findCategory = (reader: Reader, categoryId: string) =>
  reader.eventCategory.findUnique({ where: { id: categoryId } });

export type CategoryRow = NonNullable<Awaited<ReturnType<typeof findCategory>>>;

/** At most so many categories are shown; a tree that people choose from has far fewer. */
const MAX_CATEGORIES = 2_000;

/** The whole tree, parents before their children, siblings in their order. */
export const listCategories = (reader: Reader, { inactive }: { inactive: boolean }) =>
  reader.eventCategory.findMany({
    where: inactive ? {} : { isActive: true },
    orderBy: [{ depth: 'asc' }, { sortOrder: 'asc' }, { path: 'asc' }],
    take: MAX_CATEGORIES,
  });

/** Ids from a category up to its root, itself first; empty for none. */
export const ancestry = async (reader: Pick<Transaction, '$queryRaw'>, categoryId: string): Promise<string[]> => {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE up AS (
      SELECT id, parent_id, 0 AS steps FROM event_categories WHERE id = ${categoryId}::uuid
      UNION ALL
      SELECT next.id, next.parent_id, up.steps + 1 FROM event_categories AS next JOIN up ON next.id = up.parent_id
      WHERE up.steps < 100
    )
    SELECT id FROM up ORDER BY steps`;
  return rows.map(({ id }) => id);
};

/** How many levels there are below a category; 0 for a leaf. */
export const heightOf = async (reader: Pick<Transaction, '$queryRaw'>, categoryId: string): Promise<number> => {
  const rows = await reader.$queryRaw<{ height: number }[]>`
    WITH RECURSIVE down AS (
      SELECT id, 0 AS steps FROM event_categories WHERE id = ${categoryId}::uuid
      UNION ALL
      SELECT next.id, down.steps + 1 FROM event_categories AS next JOIN down ON next.parent_id = down.id
      WHERE down.steps < 100
    )
    SELECT max(steps)::int AS height FROM down`;
  return rows[0]?.height ?? 0;
};
