import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { createCategory } from './create.ts';
import { editCategory } from './edit.ts';
import { listAllCategories } from './list.ts';
import { moveCategory } from './move.ts';

/** The tree of categories. */
export const categoryTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [listAllCategories(deps), createCategory(), editCategory(), moveCategory()],
});
