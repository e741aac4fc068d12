import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Search } from '../../../platform/db/search/find-page.ts';
import { asQuery, rankOf } from '../../../platform/db/search/words.ts';
import { isOpenTo } from '../../identity/api.ts';
import { visiblePost } from './visible.reads.ts';

export interface PostSearch {
  words: string;
  sort: 'relevance' | 'newest';
  viewerId: string;
  cursor: string | undefined;
  limit: number;
}

/** Public posts by their words. */
export const postSearch = ({ words, sort, viewerId, cursor, limit }: PostSearch): Search => {
  const query = asQuery(words);
  return {
    words,
    exact: {
      columns: Prisma.sql`p.id`,
      from: Prisma.sql`posts AS p JOIN users AS u ON u.id = p.author_id`,
      where: Prisma.sql`p.search @@ ${query} AND p.visibility = 'PUBLIC' AND ${visiblePost.sql('p')} AND ${isOpenTo('u', viewerId)}`,
      order: {
        keys: [
          { sql: Prisma.sql`p.created_at`, kind: 'time' },
          { sql: Prisma.sql`p.id`, kind: 'id' },
        ],
        direction: 'DESC',
      },
      ...(sort === 'relevance' ? { rank: rankOf(Prisma.sql`p.search`, query) } : {}),
    },
    identity: ['post.search', words, sort],
    cursor,
    limit,
  };
};

const POST = {
  ...{ id: true, authorId: true, eventId: true, kind: true, body: true, tags: true },
  ...{ likeCount: true, commentCount: true, createdAt: true, editedAt: true },
} as const;

/** Those of the posts that are still public, by id. */
export const publicPosts = async (reader: Pick<Transaction, 'post'>, ids: string[]) => {
  const rows = await reader.post.findMany({
    where: { id: { in: ids }, visibility: 'PUBLIC', ...visiblePost.where },
    select: POST,
  });
  return new Map(rows.map((row) => [row.id, row]));
};
