import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { readAmounts } from '../../src/seed/bulk/arguments.ts';
import { showProgress } from '../../src/seed/bulk/progress.ts';
import { words } from '../../src/seed/bulk/vocabulary.ts';
import { freshDatabase } from '../support/databases.ts';
import { SHORT_LIVED } from '../support/short-lived.ts';
import { until } from '../support/until.ts';

const PROGRAM = projectPath('dist/seed.js');
const run = promisify(execFile);

let databaseUrl: string;
let sql: pg.Client;
beforeAll(async () => {
  databaseUrl = await freshDatabase();
  sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
});
afterAll(() => sql?.end());

const program = (...flags: string[]): [string, string[], { env: NodeJS.ProcessEnv }] => [
  process.execPath,
  [...SHORT_LIVED, PROGRAM, ...flags],
  { env: { ...process.env, DATABASE_URL: databaseUrl } },
];
const counts = async (): Promise<Record<string, number>> => {
  const tables = ['users', 'events', 'messages', 'posts'].map(
    (table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`,
  );
  return (await sql.query(`SELECT ${tables.join()}`)).rows[0];
};
const everything = async (): Promise<string> => {
  const { rows } = await sql.query(
    `SELECT md5(string_agg(id::text || title || description || price, ',' ORDER BY slug)) AS events,
       (SELECT md5(string_agg(id::text || body || sender_id, ',' ORDER BY id)) FROM messages) AS messages FROM events`,
  );
  return JSON.stringify(rows);
};

describe('npm run db:seed -- --events … --messages …', { timeout: 120_000 }, () => {
  test('killed half-way, run again and run once more, makes exactly what was asked for', async () => {
    const flags = ['--events', '5000', '--messages', '2500', '--posts', '700', '--people', '300'];
    const killed = spawn(...program(...flags));
    await until(async () => (await counts()).events !== 0, { what: 'the first batch of events', withinMs: 60_000 });
    killed.kill('SIGKILL');
    await run(...program(...flags));
    const made = { users: 300, events: 5_000, messages: 2_500, posts: 700 };
    expect(await counts()).toEqual(made);
    const before = await everything();
    const { stdout } = await run(...program(...flags));
    expect(stdout).toBe('analysing\n');
    expect(await everything()).toBe(before);
    await run(...program('--events', '5100', '--messages', '2600', '--people', '300'));
    expect(await counts()).toEqual({ ...made, events: 5_100, messages: 2_600 });
  });

  test('leaves chats as the persister would have', async () => {
    const { rows } = await sql.query(
      `SELECT s.last_seq::int AS seq, s.last_ordinal::int AS ordinal, count(*)::int AS rows, max(m.seq)::int AS last
       FROM chat_message_sequences AS s JOIN messages AS m USING (chat_id) GROUP BY s.chat_id, s.last_seq, s.last_ordinal`,
    );
    expect(rows).toHaveLength(3);
    for (const { seq, ordinal, rows: stored, last } of rows)
      expect([seq, ordinal, last]).toEqual([stored, stored, stored]);
    const strangers = await sql.query(
      'SELECT FROM messages AS m WHERE NOT EXISTS (SELECT FROM chat_participants AS p WHERE p.chat_id = m.chat_id AND p.user_id = m.sender_id)',
    );
    expect(strangers.rowCount).toBe(0);
  });

  test('makes a world like the real one: few words are frequent, some have accents, cities and times differ', async () => {
    const { rows } = await sql.query<{ ndoc: number }>(
      `SELECT ndoc FROM ts_stat('SELECT search FROM events') ORDER BY ndoc DESC`,
    );
    const frequency = rows.map(({ ndoc }) => ndoc);
    expect(frequency.length).toBeGreaterThan(2_000);
    expect((frequency[10] ?? 0) / (frequency[1_000] ?? 1)).toBeGreaterThan(5);
    const { rows: spread } = await sql.query(
      `SELECT count(DISTINCT city)::int AS cities, count(DISTINCT currency)::int AS currencies, count(DISTINCT category_id)::int AS categories,
         count(*) FILTER (WHERE start_date < now())::int AS past, count(*) FILTER (WHERE title ~ '[éêïöü]')::int AS accents,
         count(*) FILTER (WHERE latitude IS NULL)::int AS nowhere, min(price)::int AS least FROM events`,
    );
    expect(spread[0]).toMatchObject({ cities: 20, nowhere: 0, least: 0 });
    expect(spread[0].currencies).toBeGreaterThan(8);
    expect(spread[0].categories).toBeGreaterThan(10);
    expect(spread[0].past / 5_100).toBeGreaterThan(0.25);
    expect(spread[0].accents).toBeGreaterThan(100);
  });
});

test('flags are read, and what is no number is refused by its flag', () => {
  expect(readAmounts([])).toBeNull();
  expect(readAmounts(['--events', '1000000'])).toEqual({ events: 1_000_000, messages: 0, posts: 0, people: 20_000 });
  for (const bad of ['-1', 'many', '1.5', '1e6', '999999999999']) {
    expect(() => readAmounts([`--messages=${bad}`])).toThrow('--messages');
  }
  expect(() => readAmounts(['--event', '1'])).toThrow();
});

test('a terminal gets one moving bar, a log gets lines', () => {
  const shown = (isTTY: boolean): string[] => {
    const written: string[] = [];
    const tell = showProgress(
      { isTTY, write: (text: string) => written.push(text) },
      { what: 'events', from: 0, to: 100 },
    );
    for (const done of [25, 50, 100]) tell(done);
    return written;
  };
  expect(shown(true)).toHaveLength(3);
  expect(shown(true)[1]).toMatch(/^\r.*events +█{15}░{15} 50 of 100/);
  expect(shown(true)[2]).toMatch(/100 of 100.*\n$/);
  expect(shown(false)).toEqual([expect.stringMatching(/^events.*100 of 100.*\n$/)]);
});

test('the vocabulary repeats no word', () => {
  expect(new Set(words()).size).toBe(words().length);
});
