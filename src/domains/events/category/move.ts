import { isAdmin } from '../../../kernel/actor.ts';
import { commit } from '../../../platform/db/commit.ts';
import { findCategory } from './category.reads.ts';
import { lockTree, updateCategory } from './category.writes.ts';
import { move } from './contract.ts';
import { checkPlace, rereadCategory } from './place.steps.ts';
import { showCategory } from './present.ts';

/** Hangs a category, with all that is below it, somewhere else. */
export const moveCategory = () =>
  commit(move, {
    load: async ({ categoryId }, { tx }) => {
      await lockTree(tx);
      return findCategory(tx, categoryId);
    },
    allow: isAdmin,
    run: async ({ categoryId, parentId }, category, { tx, now, audit }) => {
      await checkPlace(tx, parentId, category);
      await updateCategory(tx, categoryId, { parentId, updatedAt: now });
      const after = showCategory(await rereadCategory(tx, categoryId));
      audit({ targetType: 'category', targetId: categoryId, before: showCategory(category), after });
      return after;
    },
  });
