import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import type { Platform } from '../../../platform/platform.ts';
import { list } from './contract.ts';
import { ownFiles } from './media.reads.ts';
import { showOwn } from './present.ts';

/** The caller’s own pictures. */
export const listMedia = ({ database, pictures }: Pick<Platform, 'database' | 'pictures'>) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ cursor, limit }, _subject, { actor, now }) => {
      const wanted = { ownerId: actor.userId, after: readCursor(cursor), limit: limit + 1 };
      const rows = await ownFiles(database, wanted);
      const { items, nextCursor } = pageOf(rows, limit, ({ createdAt: at, id }) => ({ at, id }));
      return { items: items.map((row) => showOwn(row, { pictures, now })), nextCursor };
    },
  });
