import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { findPage } from '../../../platform/db/search/find-page.ts';
import type { Pictured, Showing } from '../../media/api.ts';
import { findPeople, unknownPerson } from '../chat/people.ts';
import { search } from './contract.ts';
import { postSearch, publicPosts } from './search.reads.ts';

interface Deps extends Pictured {
  /** May be a moment behind. */
  replica: Database;
}

/** What people told everybody, by words. */
export const searchPosts = ({ replica, pictures }: Deps) =>
  handle(search, {
    load: nothing,
    allow: anyone,
    run: async (input, _subject, { actor, now }) => {
      const wanted = postSearch({ ...input, cursor: input.cursor, viewerId: actor.userId });
      const { rows, nextCursor, matched } = await findPage<{ id: string }>(replica, wanted);
      const ids = rows.map(({ id }) => id);
      return { items: await present(replica, ids, { pictures, now }), nextCursor, matched };
    },
  });

const present = async (reader: Database, ids: string[], showing: Showing) => {
  const posts = await publicPosts(reader, ids);
  const authors = await findPeople(
    reader,
    [...posts.values()].map(({ authorId }) => authorId),
    showing,
  );
  return ids.flatMap((id) => {
    const post = posts.get(id);
    if (!post) return [];
    const { authorId, createdAt, editedAt, ...shown } = post;
    const author = authors.get(authorId) ?? unknownPerson(authorId);
    return [{ ...shown, author, createdAt: createdAt.toISOString(), editedAt: editedAt?.toISOString() ?? null }];
  });
};
