import type { Recount } from '../../kernel/upkeep.ts';
import { boundTransaction } from '../db/bound-transaction.ts';
import type { Database } from '../db/client.ts';

/** A kept value that was not what its source says. */
export interface Difference {
  table: string;
  key: string[];
  was: Record<string, unknown>;
  should: Record<string, unknown>;
  /** False when it still is as it was: it is for a person, or the repair was refused. */
  isRepaired: boolean;
}

export interface Compared {
  /** Key of the last row compared; null at the end of the table. */
  last: string[] | null;
  looked: number;
  different: Omit<Difference, 'table' | 'isRepaired'>[];
}

const namesOf = ({ key }: Recount): string => Object.keys(key).join(', ');
const keyValues = ({ key }: Recount): string => `ARRAY[${Object.keys(key).map((name) => `kept.${name}::text`)}]`;
const parameters = ({ key }: Recount): string =>
  Object.values(key)
    .map((type, index) => `$${index + 1}::${type}`)
    .join(', ');

/**
 * Compares up to `limit` rows after a key. One statement sees kept values and their source at one moment, so nothing is
 * locked, and what is being written meanwhile is no difference.
 */
export const compare = async (
  reader: Pick<Database, '$queryRawUnsafe'>,
  recount: Recount,
  { after, limit }: { after: string[] | null; limit: number },
): Promise<Compared> => {
  const { table, columns, truth, only = 'true' } = recount;
  const names = namesOf(recount);
  const from = after === null ? '' : `AND (${names}) > (${parameters(recount)})`;
  const was = columns.map((name) => `'${name}', kept.${name}`).join(', ');
  const [row] = await reader.$queryRawUnsafe<Compared[]>(
    `WITH picked AS MATERIALIZED (
       SELECT * FROM ${table} AS kept WHERE (${only}) ${from} ORDER BY ${names} LIMIT ${limit}
     ), compared AS (
       SELECT ${keyValues(recount)} AS key, jsonb_build_object(${was}) AS was, to_jsonb(truth) AS should
       FROM picked AS kept CROSS JOIN LATERAL (${truth}) AS truth
     )
     SELECT (SELECT count(*)::int FROM picked) AS looked,
       (SELECT ${keyValues(recount)} FROM picked AS kept ORDER BY ${descending(recount)} LIMIT 1) AS last,
       (SELECT coalesce(jsonb_agg(to_jsonb(compared)), '[]') FROM compared WHERE was IS DISTINCT FROM should) AS different`,
    ...(after ?? []),
  );
  if (!row) throw new Error(`nothing came back about ${table}`);
  return row.looked < limit ? { ...row, last: null } : row;
};

const descending = ({ key }: Recount): string =>
  Object.keys(key)
    .map((name) => `kept.${name} DESC`)
    .join(', ');

/** Makes rows that are missing. @returns how many */
export const addMissing = async (database: Database, { missing }: Recount, limit: number): Promise<number> =>
  missing === undefined ? 0 : database.$executeRawUnsafe(missing, limit);

/**
 * Writes what the source says into these rows. They are locked first and their source read after that: whoever writes
 * both has either finished, and is seen, or waits for us and adds to what we wrote. Rows that are right by now stay.
 * @returns the keys of the rows that are right now; those that somebody else holds are not among them
 */
export const repair = (database: Database, recount: Recount, keys: string[][]): Promise<string[][]> =>
  boundTransaction(database, async (tx) => {
    const { table } = recount;
    const lock = `SELECT ${keyValues(recount)} AS key FROM ${table} AS kept WHERE ${isAmong(recount)}
      ORDER BY ${namesOf(recount)} FOR NO KEY UPDATE SKIP LOCKED`;
    const locked = await tx.$queryRawUnsafe<{ key: string[] }[]>(lock, ...byColumn(recount, keys));
    const held = locked.map(({ key }) => key);
    if (held.length > 0) await tx.$executeRawUnsafe(writing(recount), ...byColumn(recount, held));
    return held;
  });

/** Keys as one array for each column, which is how a statement takes any number of them. */
const byColumn = ({ key }: Recount, keys: string[][]): string[][] =>
  Object.keys(key).map((_, place) => keys.map((parts) => parts[place] ?? ''));

const isAmong = (recount: Recount): string => {
  const types = Object.values(recount.key);
  const arrays = types.map((_, place) => `$${place + 1}::text[]`).join(', ');
  const parts = types.map((type, place) => `part${place}::${type}`).join(', ');
  const names = types.map((_, place) => `part${place}`).join(', ');
  return `(${namesOf(recount)}) IN (SELECT ${parts} FROM unnest(${arrays}) AS wanted (${names}))`;
};

const writing = (recount: Recount): string => {
  const { table, columns, truth } = recount;
  const kept = columns.map((name) => `kept.${name}`).join(', ');
  const right = columns.map((name) => `truth.${name}`).join(', ');
  return `UPDATE ${table} AS kept SET (${columns.join(', ')}) = (SELECT ${right} FROM (${truth}) AS truth)
    WHERE ${isAmong(recount)}
      AND EXISTS (SELECT FROM (${truth}) AS truth WHERE (${kept}) IS DISTINCT FROM (${right}))`;
};
