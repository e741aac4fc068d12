import { Prisma } from '../../../generated/prisma/client.ts';
import type { TicketCategory } from '../../../generated/prisma/enums.ts';
import type { Search } from '../../../platform/db/search/find-page.ts';
import type { Candidates } from '../../../platform/db/search/statement.ts';
import { asQuery, rankOf } from '../../../platform/db/search/words.ts';

export interface FaqSearch {
  words: string | undefined;
  locale: string;
  category: TicketCategory | undefined;
  cursor: string | undefined;
  limit: number;
}

/** Published questions, by their words or in their order. */
export const faqSearch = ({ words, locale, category, cursor, limit }: FaqSearch): Search => {
  const ofCategory = category ? Prisma.sql`AND f.category = ${category}::ticket_category` : Prisma.empty;
  const where = Prisma.sql`f.status = 'PUBLISHED' AND f.locale = ${locale} ${ofCategory}`;
  const shared = { words, identity: ['faq.search', words ?? null, locale, category ?? null], cursor, limit };
  if (words === undefined) return { exact: candidates(where), ...shared };

  const query = asQuery(words);
  const rank = rankOf(Prisma.sql`f.search`, query);
  // The index `faqs_question_trgm_idx` folds case by itself, and keeps accents.
  const alike = Prisma.sql`(f.search @@ ${query} OR ${words}::text <% f.question)`;
  return {
    exact: candidates(Prisma.sql`f.search @@ ${query} AND ${where}`, rank),
    similar: {
      candidates: candidates(
        Prisma.sql`${alike} AND ${where}`,
        Prisma.sql`(${rank} + word_similarity(${words}::text, f.question))`,
      ),
    },
    ...shared,
  };
};

const candidates = (where: Prisma.Sql, rank?: Prisma.Sql): Candidates => ({
  columns: Prisma.sql`f.id, f.slug, f.locale, f.category, f.question, f.answer`,
  from: Prisma.sql`faqs AS f`,
  where,
  order: {
    keys: [
      { sql: Prisma.sql`f.sort_order`, kind: 'integer' },
      { sql: Prisma.sql`f.id`, kind: 'id' },
    ],
    direction: 'ASC',
  },
  ...(rank ? { rank } : {}),
});
