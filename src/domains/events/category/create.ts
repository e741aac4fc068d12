import { isAdmin } from '../../../kernel/actor.ts';
import { nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import { presentFields } from '../times.rules.ts';
import { insertCategory, lockTree } from './category.writes.ts';
import { create } from './contract.ts';
import { checkPlace, rereadCategory } from './place.steps.ts';
import { showCategory } from './present.ts';

/** Adds a category. */
export const createCategory = () =>
  commit(create, {
    load: nothing,
    allow: isAdmin,
    run: async ({ name, slug, ...rest }, _subject, { tx, now, audit }) => {
      await lockTree(tx);
      await checkPlace(tx, rest.parentId ?? null);
      const id = newId();
      await insertCategory(tx, { id, name, slug, ...presentFields(rest), createdAt: now, updatedAt: now });
      const after = showCategory(await rereadCategory(tx, id));
      audit({ targetType: 'category', targetId: id, after });
      return after;
    },
  });
