import { isAdmin } from '../../../kernel/actor.ts';
import { commit } from '../../../platform/db/commit.ts';
import { presentFields } from '../times.rules.ts';
import { findCategory } from './category.reads.ts';
import { updateCategory } from './category.writes.ts';
import { edit } from './contract.ts';
import { rereadCategory } from './place.steps.ts';
import { showCategory } from './present.ts';

/** Changes a category where it hangs. */
export const editCategory = () =>
  commit(edit, {
    load: ({ categoryId }, { tx }) => findCategory(tx, categoryId),
    allow: isAdmin,
    run: async ({ categoryId, ...changes }, category, { tx, now, audit }) => {
      await updateCategory(tx, categoryId, { ...presentFields(changes), updatedAt: now });
      const after = showCategory(await rereadCategory(tx, categoryId));
      audit({ targetType: 'category', targetId: categoryId, before: showCategory(category), after });
      return after;
    },
  });
