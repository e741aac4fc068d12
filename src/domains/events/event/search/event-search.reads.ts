import { Prisma } from '../../../../generated/prisma/client.ts';
import type { Transaction } from '../../../../platform/db/client.ts';
import type { Search } from '../../../../platform/db/search/find-page.ts';
import { asSpelledQuery, findSpelling } from '../../../../platform/db/search/spelling.ts';
import type { Candidates } from '../../../../platform/db/search/statement.ts';
import { asQuery, rankOf } from '../../../../platform/db/search/words.ts';
import { isOpenTo } from '../../../identity/api.ts';
import { COVER } from '../event.reads.ts';
import { publicEvent } from '../visible.reads.ts';
import type { EventSearch } from './contract.ts';
import { filtersOf, metresFrom, orderOf } from './filters.reads.ts';

interface Asked {
  input: EventSearch;
  /** Null for somebody who is not signed in. */
  viewerId: string | null;
  now: Date;
  /** Whether so much is near that an index of places is no help; see `isCrowded`. */
  isCrowded: boolean;
}

/** Events that anybody may come across, by everything the input says. */
export const eventSearch = ({ input, viewerId, now, isCrowded }: Asked): Search => {
  const { cursor, limit, ...identity } = input;
  const { words } = input;
  const shared = { words, identity: ['event.search', identity], cursor, limit };
  const filters = filtersOf(input, { now, isCrowded });
  const where = Prisma.join([publicEvent.sql('e'), isOpenTo('h', viewerId), ...filters], ' AND ');
  if (words === undefined) return { exact: candidates(input, where), ...shared };

  const holding = (query: Prisma.Sql): Candidates =>
    candidates(input, Prisma.sql`e.search @@ ${query} AND ${where}`, rankOf(Prisma.sql`e.search`, query));
  return {
    exact: holding(asQuery(words)),
    similar: {
      // What holds the words as they are is found still.
      candidates: (spelling) => holding(Prisma.sql`(${asQuery(words)} || ${asSpelledQuery(spelling)})`),
      spell: (reader) => findSpelling(reader, words),
    },
    ...shared,
  };
};

/** @param rank given when the input has words */
const candidates = (input: EventSearch, where: Prisma.Sql, rank?: Prisma.Sql): Candidates => ({
  columns: Prisma.sql`e.id, ${metresFrom(input)} AS metres`,
  from: Prisma.sql`events AS e JOIN users AS h ON h.id = e.host_id`,
  where,
  order: orderOf(input),
  ...(rank && (input.sort ?? 'relevance') === 'relevance' ? { rank } : {}),
});

const CATEGORY = { select: { id: true, name: true, slug: true, path: true } } as const;

/** Those of the events that can still be come across, by id. */
export const eventsById = async (reader: Pick<Transaction, 'event'>, ids: string[]) => {
  const rows = await reader.event.findMany({
    where: { id: { in: ids }, ...publicEvent.where },
    include: { ...COVER, category: CATEGORY },
    relationLoadStrategy: 'join',
  });
  return new Map(rows.map((row) => [row.id, row]));
};
