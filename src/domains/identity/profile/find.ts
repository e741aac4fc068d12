import type { InputOf } from '../../../kernel/contract.ts';
import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { find } from './contract.ts';
import { profilesById, profilesByUsername } from './profile.reads.ts';

interface Deps {
  database: Pick<Database, 'user'>;
}

/** Public profiles by ids or by the beginning of a username. */
export const findProfiles = ({ database }: Deps) =>
  handle(find, {
    load: nothing,
    allow: anyone,
    run: async (input) => {
      if (input.userIds) return { items: await profilesById(database, input.userIds), nextCursor: null };
      return searchUsernames(database, input);
    },
  });

const searchUsernames = async (database: Deps['database'], input: InputOf<typeof find>) => {
  const { username: prefix = '', cursor: after, limit } = input;
  const rows = await profilesByUsername(database, { prefix, after, limit: limit + 1 });
  return pageBy(rows, limit, ({ username }) => username);
};
