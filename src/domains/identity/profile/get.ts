import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Pictured } from '../../media/api.ts';
import { blockedAmong } from '../block/block.reads.ts';
import { get } from './contract.ts';
import { canSeePage } from './policy.ts';
import { findPage, showPage } from './profile.reads.ts';

interface Deps extends Pictured {
  database: Pick<Database, 'user' | 'block'>;
}

/** The page of one person; who may not see it is told that there is none. */
export const getProfile = ({ database, pictures }: Deps) =>
  handle(get, {
    load: async ({ username }, { actor }) => {
      const page = await findPage(database, username);
      if (page === null) return null;
      const blocked = actor && (await blockedAmong(database, actor.userId, [page.id]));
      return { page, isBlocked: blocked?.has(page.id) ?? false };
    },
    sees: (actor, { page, isBlocked }) => canSeePage(actor, { ...page, isBlocked }),
    allow: anyone,
    run: (_input, { page }, { now }) => showPage(page, { pictures, now }),
  });
