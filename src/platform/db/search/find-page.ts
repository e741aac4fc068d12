import { Prisma } from '../../../generated/prisma/client.ts';
import type { Database } from '../client.ts';
import { type Progress, readCursor, refusedCursor, type Spelling, writeCursor } from './cursor.ts';
import { isPlace, type KeyRow, type Order, type Place, placeOf } from './keyset.ts';
import { type Candidates, pageStatement, rankedOrder, WINDOW } from './statement.ts';
import { mayBeMisspelt } from './words.ts';

export type SearchReader = Pick<Database, '$queryRaw' | '$transaction'>;

export interface Search {
  /** What was looked for; undefined where only filters narrow the candidates. */
  words: string | undefined;
  exact: Candidates;
  /** Also finds what is spelled alike; asked when the first page by words finds too little, and they may be misspelt. */
  similar?: Similar;
  /** Everything that decides what is found and in which order; a cursor belongs to it. */
  identity: unknown;
  cursor: string | undefined;
  limit: number;
}

/** Either compares whole texts by their trigrams, or looks for other words, which `spell` knows. */
type Similar =
  | { candidates: Candidates; spell?: never }
  | { candidates: (spelling: Spelling) => Candidates; spell: (reader: SearchReader) => Promise<Spelling> };

export interface Found<Row> {
  rows: Row[];
  nextCursor: string | null;
  matched: 'words' | 'similar' | 'all';
}

/** Fewer than this found by words, and words spelled alike are looked for. */
const TOO_FEW = 3;
/** Share of trigrams a word of the text must have in common with one that is looked for; 0.6 misses a letter left out. */
const LIKENESS = '0.45';

const BEGINNING: Progress = { similar: null, last: null, after: null, until: null, more: false };

/**
 * One page of a search. Whoever pages to the end sees each row that matched all the while exactly once, in the search's
 * order, whatever is inserted meanwhile. A page may be short, or empty, and still have a successor: `nextCursor` says.
 * @throws INVALID_INPUT for a cursor that is none, or of another search
 */
export const findPage = async <Row>(reader: SearchReader, search: Search): Promise<Found<Row>> => {
  const { cursor, identity, words, similar } = search;
  if (cursor !== undefined) return pageFrom(reader, search, checked(search, readCursor(identity, cursor)));
  const page = await pageFrom<Row>(reader, search, BEGINNING);
  const isEnough = page.nextCursor !== null || page.rows.length >= TOO_FEW;
  if (isEnough || !similar || words === undefined || !mayBeMisspelt(words)) return page;
  return pageFrom(reader, search, { ...BEGINNING, similar: similar.spell ? await similar.spell(reader) : [] });
};

/** @throws INVALID_INPUT when what the cursor remembers does not fit the search */
const checked = (search: Search, progress: Progress): Progress => {
  const candidates = candidatesOf(search, progress);
  const { order, rank } = candidates;
  const fits = (of: Order, place: Place | null): boolean => place === null || isPlace(of, place);
  const isFit =
    fits(order, progress.after) &&
    fits(order, progress.until) &&
    fits(rank ? rankedOrder(order) : order, progress.last);
  if (!isFit) throw refusedCursor('must be a nextCursor');
  return progress;
};

const candidatesOf = ({ exact, similar }: Search, progress: Progress): Candidates => {
  if (!progress.similar || !similar) return exact;
  return similar.spell ? similar.candidates(progress.similar) : similar.candidates;
};

const pageFrom = async <Row>(reader: SearchReader, search: Search, progress: Progress): Promise<Found<Row>> => {
  const candidates = candidatesOf(search, progress);
  const { limit, identity, words } = search;
  const statement = pageStatement(candidates, progress, limit + 1);
  const isTolerant = progress.similar !== null && !search.similar?.spell;
  const rows = await ask(reader, statement, isTolerant);
  const next = nextOf(candidates, { rows, progress, limit });
  const byWords = words === undefined ? 'all' : 'words';
  return {
    // Safe: these are the columns the candidates name.
    rows: rows.slice(0, limit) as Row[],
    nextCursor: next && writeCursor(identity, next),
    matched: progress.similar ? 'similar' : byWords,
  };
};

const ask = async (reader: SearchReader, statement: Prisma.Sql, isTolerant: boolean): Promise<KeyRow[]> => {
  if (!isTolerant) return reader.$queryRaw<KeyRow[]>(statement);
  const likeness = Prisma.sql`SELECT set_config('pg_trgm.word_similarity_threshold', ${LIKENESS}, true)`;
  const [, rows] = await reader.$transaction([reader.$queryRaw(likeness), reader.$queryRaw<KeyRow[]>(statement)]);
  return rows;
};

interface Turned {
  rows: KeyRow[];
  progress: Progress;
  limit: number;
}

/** Where the next page begins: behind the last row shown, else at the next window; null at the end. */
const nextOf = ({ order, rank }: Candidates, { rows, progress, limit }: Turned): Progress | null => {
  const shown = rows[limit - 1];
  if (!rank) {
    return rows.length > limit && shown ? { ...progress, last: placeOf(order, shown, 'key') } : null;
  }
  const window = windowOf(order, rows[0], progress);
  if (rows.length > limit && shown) return { ...window, last: [Number(shown.rank), ...placeOf(order, shown, 'key')] };
  return window.more ? { ...BEGINNING, similar: progress.similar, after: window.until } : null;
};

/** The window's bounds: those the first page met hold for all the others. */
const windowOf = (order: Order, row: KeyRow | undefined, progress: Progress): Progress => {
  if (progress.until || !row) return progress;
  return { ...progress, until: placeOf(order, row, 'edge'), more: Number(row.edge_size) >= WINDOW };
};
