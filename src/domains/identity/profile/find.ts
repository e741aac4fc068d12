import type { InputOf } from '../../../kernel/contract.ts';
import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import type { Pictured, Showing } from '../../media/api.ts';
import { blockedAmong } from '../block/block.reads.ts';
import { find } from './contract.ts';
import { profilesById, profilesByUsername } from './profile.reads.ts';

interface Deps extends Pictured {
  database: Pick<Database, 'user' | 'block'>;
}

/** Public profiles by ids or by the beginning of a username. */
export const findProfiles = ({ database, pictures }: Deps) =>
  handle(find, {
    load: nothing,
    allow: anyone,
    run: async (input, _subject, { actor, now }) => {
      const showing = { pictures, now };
      if (!input.userIds) return searchUsernames(database, { ...input, viewerId: actor.userId }, showing);
      const blocked = await blockedAmong(database, actor.userId, input.userIds);
      const userIds = input.userIds.filter((id) => !blocked.has(id));
      return { items: await profilesById(database, userIds, showing), nextCursor: null };
    },
  });

type Searching = InputOf<typeof find> & { viewerId: string };

const searchUsernames = async (database: Deps['database'], input: Searching, showing: Showing) => {
  const { username: prefix = '', cursor: after, limit, viewerId } = input;
  const rows = await profilesByUsername(database, { prefix, after, viewerId, limit: limit + 1 }, showing);
  return pageBy(rows, limit, ({ username }) => username);
};
