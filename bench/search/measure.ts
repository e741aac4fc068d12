import pg from 'pg';
import { createDice } from './dice.ts';
import type { SearchOptions } from './options.ts';
import type { Kind, Statement } from './searches.ts';

/** What one kind of search took, in milliseconds. */
export interface Measured {
  name: string;
  withIndex: Times;
  withoutIndex: Times;
  /** The scans of one plan, as PostgreSQL prints them. */
  scans: string[];
}

export interface Times {
  samples: number;
  p50Ms: number;
  p99Ms: number;
}

/** No single search without its index is waited for longer. */
const TIMEOUT_MS = 60_000;

/** Asks the same searches with the index and, in a transaction that is rolled back, after it was dropped. */
export async function measureKind(url: string, kind: Kind, { samples, slowSamples }: SearchOptions): Promise<Measured> {
  const client = new pg.Client({ connectionString: url, statement_timeout: TIMEOUT_MS });
  await client.connect();
  try {
    const dice = createDice(4_711);
    const statements: Statement[] = [];
    while (statements.length < samples) statements.push(await kind.ask(dice, client));
    const scans = await scansOf(client, statements[0]);
    const withIndex = await timesOf(client, statements);
    await client.query('BEGIN');
    await client.query(`DROP INDEX ${kind.indexes.map((name) => pg.escapeIdentifier(name)).join()}`);
    const withoutIndex = await timesOf(client, statements.slice(0, slowSamples));
    await client.query('ROLLBACK');
    return { name: kind.name, withIndex, withoutIndex, scans };
  } finally {
    await client.end();
  }
}

async function timesOf(client: pg.Client, statements: Statement[]): Promise<Times> {
  const taken: number[] = [];
  for (const statement of statements) {
    const startedAt = performance.now();
    await client.query(statement.text, statement.values);
    taken.push(performance.now() - startedAt);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number): number => taken[Math.ceil(share * taken.length) - 1] ?? Number.NaN;
  return { samples: taken.length, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function scansOf(client: pg.Client, statement: Statement | undefined): Promise<string[]> {
  if (!statement) return [];
  const { rows } = await client.query(`EXPLAIN ${statement.text}`, statement.values);
  const lines = rows.map((row): string => row['QUERY PLAN']);
  return lines
    .filter((line) => / Scan /.test(line) && !/CTE Scan/.test(line))
    .map((line) => line.replace(/^[\s>-]+/, ''));
}
