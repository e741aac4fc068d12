import type { InputOf } from '../../../kernel/contract.ts';
import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import type { Pictured, Showing } from '../../media/api.ts';
import { find } from './contract.ts';
import { profilesById, profilesByUsername } from './profile.reads.ts';

interface Deps extends Pictured {
  database: Pick<Database, 'user'>;
}

/** Public profiles by ids or by the beginning of a username. */
export const findProfiles = ({ database, pictures }: Deps) =>
  handle(find, {
    load: nothing,
    allow: anyone,
    run: async (input, _subject, { now }) => {
      const showing = { pictures, now };
      if (input.userIds) return { items: await profilesById(database, input.userIds, showing), nextCursor: null };
      return searchUsernames(database, input, showing);
    },
  });

const searchUsernames = async (database: Deps['database'], input: InputOf<typeof find>, showing: Showing) => {
  const { username: prefix = '', cursor: after, limit } = input;
  const rows = await profilesByUsername(database, { prefix, after, limit: limit + 1 }, showing);
  return pageBy(rows, limit, ({ username }) => username);
};
