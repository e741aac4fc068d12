import { Prisma } from '../../../generated/prisma/client.ts';
import type { Search } from '../../../platform/db/search/find-page.ts';
import type { Candidates } from '../../../platform/db/search/statement.ts';
import { asPlain, asQuery, rankOf } from '../../../platform/db/search/words.ts';
import { isOpenTo } from './visible.reads.ts';

/** As the index `profiles_search_idx` has it: name A, headline and city B, bio C. */
const DOCUMENT = Prisma.sql`(
  setweight(search_document(p.first_name || ' ' || p.last_name), 'A') ||
  setweight(search_document(coalesce(p.headline, '') || ' ' || coalesce(p.city, '')), 'B') ||
  setweight(search_document(coalesce(p.bio, '')), 'C'))`;
/** As the index `profiles_name_trgm_idx` has it. */
const NAME = Prisma.sql`immutable_unaccent(lower(p.first_name || ' ' || p.last_name))`;

export interface ProfileSearch {
  words: string;
  viewerId: string;
  cursor: string | undefined;
  limit: number;
}

/** People by the words of their profile, else by names and usernames spelled alike. */
export const profileSearch = ({ words, viewerId, cursor, limit }: ProfileSearch): Search => {
  const [query, plain] = [asQuery(words), asPlain(words)];
  const rank = rankOf(DOCUMENT, query);
  const alike = Prisma.sql`greatest(word_similarity(${plain}, ${NAME}), word_similarity(${plain}, u.username))`;
  // Ids from two indexes: a condition over both tables could use neither.
  const named = Prisma.sql`p.user_id IN (
    SELECT p.user_id FROM profiles AS p WHERE ${plain} <% ${NAME} OR ${DOCUMENT} @@ ${query}
    UNION SELECT id FROM users WHERE username %> ${plain})`;
  return {
    words,
    exact: candidates(viewerId, { matches: Prisma.sql`${DOCUMENT} @@ ${query}`, rank }),
    similar: { candidates: candidates(viewerId, { matches: named, rank: Prisma.sql`(${rank} + ${alike})` }) },
    identity: ['profile.search', words],
    cursor,
    limit,
  };
};

const candidates = (viewerId: string, { matches, rank }: { matches: Prisma.Sql; rank: Prisma.Sql }): Candidates => ({
  columns: Prisma.sql`u.id`,
  from: Prisma.sql`profiles AS p JOIN users AS u ON u.id = p.user_id`,
  where: Prisma.sql`${matches} AND p.visibility IN ('PUBLIC', 'MEMBERS') AND NOT u.is_test AND ${isOpenTo('u', viewerId)}`,
  // The newest accounts make the first window.
  order: { keys: [{ sql: Prisma.sql`p.user_id`, kind: 'id' }], direction: 'DESC' },
  rank,
});
