import { AppError, invalidField } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { ancestry, type CategoryRow, findCategory, heightOf } from './category.reads.ts';
import { MAX_DEPTH } from './category.writes.ts';

/**
 * Whether something may hang below a parent, while nobody else changes the tree.
 * @param moved the category that moves there with all that is below it; absent for a new one
 * @throws INVALID_INPUT for a parent that is not there; CONFLICT for a circle or too deep a tree
 */
export const checkPlace = async (
  tx: Transaction,
  parentId: string | null,
  moved?: Pick<CategoryRow, 'id'>,
): Promise<void> => {
  if (parentId === null) return;
  const above = await ancestry(tx, parentId);
  if (above.length === 0) throw invalidField('parentId', 'is no category');
  if (moved && above.includes(moved.id)) {
    throw new AppError('CONFLICT', 'parentId: A category cannot be below itself.');
  }
  const height = moved ? await heightOf(tx, moved.id) : 0;
  if (above.length + height > MAX_DEPTH)
    throw new AppError('CONFLICT', `The tree is at most ${MAX_DEPTH} levels deep.`);
};

/** A category after a change in the same transaction. */
export const rereadCategory = async (tx: Transaction, categoryId: string): Promise<CategoryRow> => {
  const row = await findCategory(tx, categoryId);
  if (!row) throw new Error(`category ${categoryId} was written and is not there`);
  return row;
};
