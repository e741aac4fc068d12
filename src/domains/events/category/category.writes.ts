import type { Prisma } from '../../../generated/prisma/client.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { violatedConstraint } from '../../../platform/db/failures.ts';

/** As deep as the tree may be, from 0 at the root. */
export const MAX_DEPTH = 8;

/** Slugs are unique over the whole tree, paths follow from them. */
const refusingTakenSlug = async <T>(write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    if (violatedConstraint(error) === null) throw error;
    throw new AppError('CONFLICT', 'slug: is taken by another category.', {
      issues: [{ path: 'slug', message: 'is taken by another category' }],
    });
  }
};

/**
 * Lets one change of the tree happen at a time, as the trigger that places categories does: what is read after this
 * about parents and depths stays true until the transaction ends.
 */
export const lockTree = async (tx: Transaction): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('event_categories'))`;
};

/** @throws CONFLICT when the slug is taken */
export const insertCategory = (tx: Transaction, data: Prisma.EventCategoryUncheckedCreateInput): Promise<unknown> =>
  refusingTakenSlug(() => tx.eventCategory.create({ data, select: { id: true } }));

/** Paths and depths of all that is below follow. @throws CONFLICT when the slug is taken */
export const updateCategory = (
  tx: Transaction,
  categoryId: string,
  data: Prisma.EventCategoryUncheckedUpdateInput,
): Promise<unknown> =>
  refusingTakenSlug(() => tx.eventCategory.update({ where: { id: categoryId }, data, select: { id: true } }));
