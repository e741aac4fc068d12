import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { host, openSmallWorld } from './small-world.ts';

const EVENTS = 3000;

let sql: pg.Client;

beforeAll(async () => {
  sql = await openSmallWorld();
  await sql.query(
    `INSERT INTO events (id, title, slug, description, tags, host_id, start_date, end_date, status, latitude, longitude)
     SELECT gen_random_uuid(), 'Gathering ' || n, 'gathering-' || n, 'Talk number ' || n, ARRAY['tag' || n % 50], '${host}',
       now() + n * interval '1 hour', now() + n * interval '1 hour' + interval '2 hours', 'PUBLISHED', (n % 170) - 85, (n * 7 % 360) - 180
     FROM generate_series(1, ${EVENTS}) AS n`,
  );
  await sql.query(
    `UPDATE events SET title = 'Café Électronique Meetups', latitude = 23.8103, longitude = 90.4125 WHERE slug = 'gathering-77'`,
  );
  await sql.query('VACUUM ANALYZE events');
});

afterAll(() => sql.end());

const slugsOf = async (query: string): Promise<string[]> => (await sql.query(query)).rows.map(({ slug }) => slug);

const planOf = async (query: string): Promise<string> =>
  (await sql.query(`EXPLAIN ${query}`)).rows.map((row) => row['QUERY PLAN']).join('\n');

const SEARCHES: [what: string, condition: string, index: string][] = [
  ['words in another form, without accents', `search @@ search_query('cafe electronique meetup')`, 'events_search_idx'],
  ['a part of the title', `title ILIKE '%lectroni%'`, 'events_title_trgm_idx'],
  [
    'a part of the title without its accents',
    `immutable_unaccent(lower(title)) LIKE '%electroni%'`,
    'events_title_plain_trgm_idx',
  ],
  [
    'a place within five kilometres',
    `earth_point(latitude, longitude) <@ earth_circle(23.83, 90.42, 5000) AND deleted_at IS NULL AND latitude IS NOT NULL
     AND earth_metres(earth_point(latitude, longitude), earth_point(23.83, 90.42)) <= 5000`,
    'events_earth_idx',
  ],
];

test.each(SEARCHES)('finds %s, by its index', async (_what, condition, index) => {
  const query = `SELECT slug FROM events WHERE ${condition}`;
  expect(await slugsOf(query)).toEqual(['gathering-77']);
  expect(await planOf(query)).toContain(index);
});

test('a word of the title weighs more than one of the description', async () => {
  await sql.query(
    `UPDATE events SET title = 'Zither' WHERE slug = 'gathering-5'; UPDATE events SET description = 'A zither' WHERE slug = 'gathering-4'`,
  );
  const words = `search_query('zither')`;
  const ranked = `SELECT slug FROM events WHERE search @@ ${words} ORDER BY ts_rank(search, ${words}) DESC`;
  expect(await slugsOf(ranked)).toEqual(['gathering-5', 'gathering-4']);
});

test('distances are those of the globe, over the date line too', async () => {
  const metres = async (from: string, to: string): Promise<number> =>
    (await sql.query(`SELECT earth_metres(earth_point(${from}), earth_point(${to})) AS metres`)).rows[0].metres;
  expect(await metres('23.8103, 90.4125', '22.3569, 91.7832')).toBeCloseTo(213_800, -4);
  expect(await metres('0, 179.9', '0, -179.9')).toBeCloseTo(22_239, -2);
});
