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
