import { Prisma } from '../../../generated/prisma/client.ts';
import { PLANNED_EACH_TIME } from '../client.ts';
import { behind, keyColumns, type Order, orderBy, overColumns, type Place, upTo } from './keyset.ts';

/** What is looked through, in an order that an index can give. */
export interface Candidates {
  /** What the search shows of each: columns with names that begin with no `key_`, `edge_` or `rank`. */
  columns: Prisma.Sql;
  /** Tables, with their joins. */
  from: Prisma.Sql;
  where: Prisma.Sql;
  order: Order;
  /** The better, the higher. Present: candidates are ranked in windows along the order. */
  rank?: Prisma.Sql;
}

/** Matches that one window ranks: a word that a third of all events have costs as much as one that a thousand have. */
export const WINDOW = 1_000;
/** What may be inserted into a window while somebody pages through it. */
const WINDOW_GROWTH = 1_000;

const FIRST = Prisma.raw(PLANNED_EACH_TIME);

/** Where a page begins. */
export interface Position {
  /** The last row of the page before. */
  last: Place | null;
  /** Of a ranked search: the end of the window before. */
  after: Place | null;
  /** The end of this window; null on its first page, which finds out. */
  until: Place | null;
}

/** A page of a search, of at most so many rows. */
export const pageStatement = (candidates: Candidates, { last, after, until }: Position, limit: number): Prisma.Sql =>
  candidates.rank
    ? rankedStatement(candidates, { last, after, until, limit })
    : plainStatement(candidates, last, limit);

/** A page of candidates as they come. @param last the last one of the page before */
const plainStatement = ({ columns, from, where, order }: Candidates, last: Place | null, limit: number): Prisma.Sql =>
  Prisma.sql`${FIRST} SELECT ${columns}, ${keyColumns(order, 'key')} FROM ${from}
    WHERE ${where} ${last ? Prisma.sql`AND ${behind(order, last)}` : Prisma.empty}
    ${orderBy(order)} LIMIT ${limit}`;

interface Window extends Position {
  limit: number;
}

/**
 * A page of a window, the best first, and those as good as each other in the candidates' order. Every row also has the
 * window's last place in `edge_*` and its size in `edge_size`.
 */
const rankedStatement = (candidates: Candidates, { after, until, last, limit }: Window): Prisma.Sql => {
  const { columns, from, where, order } = candidates;
  const span = [after && behind(order, after), until && upTo(order, until)].filter((part) => part !== null);
  const inside = span.map((part) => Prisma.sql`AND ${part}`);
  const along = overColumns(order, 'key');
  const ranked = rankedOrder(order);
  const size = until ? WINDOW + WINDOW_GROWTH : WINDOW;
  return Prisma.sql`${FIRST} WITH pool AS MATERIALIZED (
      SELECT ${columns}, ${keyColumns(order, 'key')}, ${signedRank(candidates)} AS rank FROM ${from}
      WHERE ${where} ${inside.length > 0 ? Prisma.join(inside, ' ') : Prisma.empty} ${orderBy(order)} LIMIT ${size}
    ), edge AS (
      SELECT ${keyColumns(along, 'edge')}, (SELECT count(*) FROM pool)::int AS edge_size FROM pool ${orderBy(along, true)} LIMIT 1
    )
    SELECT pool.*, edge.* FROM pool CROSS JOIN edge
    ${last ? Prisma.sql`WHERE ${behind(ranked, last)}` : Prisma.empty} ${orderBy(ranked)} LIMIT ${limit}`;
};

/** The order within a window. */
export const rankedOrder = (order: Order): Order => {
  const { keys, direction } = overColumns(order, 'key');
  return { keys: [{ sql: Prisma.raw('rank'), kind: 'number' }, ...keys], direction };
};

/** Turned so that the best comes first in the direction of the other keys. */
const signedRank = ({ rank, order }: Candidates): Prisma.Sql =>
  order.direction === 'ASC' ? Prisma.sql`-(${rank})` : Prisma.sql`${rank}`;
