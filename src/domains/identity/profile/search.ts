import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { findPage } from '../../../platform/db/search/find-page.ts';
import type { Pictured } from '../../media/api.ts';
import { search } from './contract.ts';
import { profilesById } from './profile.reads.ts';
import { profileSearch } from './search.reads.ts';

interface Deps extends Pictured {
  /** May be a moment behind. */
  replica: Database;
}

/** People by words. */
export const searchProfiles = ({ replica, pictures }: Deps) =>
  handle(search, {
    load: nothing,
    allow: anyone,
    run: async ({ words, cursor, limit }, _subject, { actor, now }) => {
      const wanted = profileSearch({ words, viewerId: actor.userId, cursor, limit });
      const { rows, nextCursor, matched } = await findPage<{ id: string }>(replica, wanted);
      const ids = rows.map(({ id }) => id);
      return { items: await profilesById(replica, ids, { pictures, now }), nextCursor, matched };
    },
  });
