import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import type { Pictured } from '../../media/api.ts';
import { profilesById } from '../profile/profile.reads.ts';
import { blockedBy, blocksPage } from './block.reads.ts';
import { list } from './contract.ts';
import { presentBlock } from './present.ts';

interface Deps extends Pictured {
  database: Pick<Database, 'block' | 'user'>;
}

/** The caller's own blocks and mutes. */
export const listBlocks = ({ database, pictures }: Deps) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ kind, cursor, limit }, _subject, { actor, now }) => {
      const wanted = { kind, now, after: readCursor(cursor), limit: limit + 1 };
      const rows = await blocksPage(database, actor.userId, wanted);
      const { items, nextCursor } = pageOf(rows, limit, ({ createdAt, blockedId }) => ({
        at: createdAt,
        id: blockedId,
      }));
      const ids = items.map(({ blockedId }) => blockedId);
      const away = await blockedBy(database, actor.userId, ids);
      const shown = await profilesById(
        database,
        ids.filter((id) => !away.has(id)),
        { pictures, now },
      );
      const profiles = new Map(shown.map((profile) => [profile.id, profile]));
      return {
        items: items.map((row) => ({ ...presentBlock(row), profile: profiles.get(row.blockedId) ?? null })),
        nextCursor,
      };
    },
  });
