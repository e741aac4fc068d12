import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as the from './small-world.ts';
import { id } from './small-world.ts';

let sql: pg.Client;

beforeAll(async () => {
  sql = await the.openSmallWorld();
});

afterAll(() => sql.end());

const rowsOf = async (query: string): Promise<unknown[]> => (await sql.query(query)).rows;

test('the path of a category follows its parents, however they move', async () => {
  const [music, rock, metal, arts] = [id(200), id(201), id(202), id(203)];
  await sql.query(
    `INSERT INTO event_categories (id, name, slug, parent_id) VALUES
       ('${music}', 'Music', 'music', NULL), ('${rock}', 'Rock', 'rock', '${music}'), ('${metal}', 'Metal', 'metal', '${rock}'),
       ('${arts}', 'Arts', 'arts', NULL)`,
  );
  await sql.query(`UPDATE event_categories SET parent_id = '${arts}' WHERE id = '${music}'`);
  await sql.query(`UPDATE event_categories SET slug = 'rock-and-roll' WHERE id = '${rock}'`);
  await sql.query(`UPDATE event_categories SET path = 'nonsense', depth = 7 WHERE id = '${metal}'`);
  expect(await rowsOf('SELECT path, depth FROM event_categories ORDER BY path')).toEqual([
    { path: 'arts', depth: 0 },
    { path: 'arts/music', depth: 1 },
    { path: 'arts/music/rock-and-roll', depth: 2 },
    { path: 'arts/music/rock-and-roll/metal', depth: 3 },
  ]);
  const circle = `UPDATE event_categories SET parent_id = '${metal}' WHERE id = '${arts}'`;
  expect(await the.refusalOf(sql, circle)).toBe('event_categories_no_cycle');
});

const anyStep = fc.record({
  author: fc.constantFrom(the.guest, the.friend, the.moderator, the.judge),
  rating: fc.integer({ min: 1, max: 5 }),
  does: fc.constantFrom('write', 'change', 'hide', 'show', 'remove'),
});

const STEPS: Record<string, (author: string, rating: number) => string> = {
  write: (author, rating) =>
    `INSERT INTO reviews (id, event_id, author_id, host_id, rating)
     VALUES (gen_random_uuid(), '${the.event}', '${author}', '${the.host}', ${rating})`,
  change: (author, rating) => `UPDATE reviews SET rating = ${rating} WHERE author_id = '${author}'`,
  hide: (author) => `UPDATE reviews SET status = 'HIDDEN' WHERE author_id = '${author}'`,
  show: (author) => `UPDATE reviews SET status = 'PUBLISHED' WHERE author_id = '${author}'`,
  remove: (author) => `DELETE FROM reviews WHERE author_id = '${author}'`,
};

test('the rating summary is the sum of the reviews shown, whatever happens to them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 12 }), async (steps) => {
      for (const { author, rating, does } of steps) await the.refusalOf(sql, STEPS[does]?.(author, rating) ?? '');
      const [counted] = await rowsOf(
        `SELECT count(*)::int AS review_count, coalesce(sum(rating), 0)::int AS rating_sum, coalesce(avg(rating), 0)::float8 AS average
         FROM reviews WHERE status = 'PUBLISHED' AND deleted_at IS NULL`,
      );
      const [kept] = await rowsOf('SELECT review_count, rating_sum, average FROM rating_summaries');
      expect<unknown>(kept ?? { review_count: 0, rating_sum: 0, average: 0 }).toEqual(counted);
    }),
    { numRuns: 25 },
  );
});

test('the balance of points is their sum; what a clawback cannot take is debt, paid by the next points', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.integer({ min: -40, max: 40 }).filter((amount) => amount !== 0),
        { maxLength: 10 },
      ),
      async (amounts) => {
        for (const amount of amounts) {
          await sql.query(
            `INSERT INTO user_points (id, user_id, source, source_id, amount, day_key, event_time)
           VALUES (gen_random_uuid(), '${the.guest}', 'ADMIN', gen_random_uuid(), ${amount}, '2027-01-01', now())`,
          );
        }
        const [sums] = await rowsOf(
          `SELECT greatest(coalesce(sum(amount), 0), 0)::int AS balance, greatest(-coalesce(sum(amount), 0), 0)::int AS debt FROM user_points`,
        );
        const [kept] = await rowsOf('SELECT balance::int, debt::int FROM point_balances');
        expect<unknown>(kept ?? { balance: 0, debt: 0 }).toEqual(sums);
      },
    ),
    { numRuns: 15 },
  );
});

test('likes, comments and votes are counted where they belong', async () => {
  const [post, review] = [id(300), id(301)];
  await sql.query(
    `INSERT INTO posts (id, author_id, body) VALUES ('${post}', '${the.host}', 'Hello');
     INSERT INTO post_likes (post_id, user_id) VALUES ('${post}', '${the.guest}'), ('${post}', '${the.friend}'), ('${post}', '${the.judge}');
     DELETE FROM post_likes WHERE user_id = '${the.judge}';
     INSERT INTO comments (id, post_id, author_id, body) SELECT gen_random_uuid(), '${post}', '${the.guest}', 'Hi' FROM generate_series(1, 3);
     UPDATE comments SET deleted_at = now() WHERE id = (SELECT id FROM comments LIMIT 1);
     INSERT INTO reviews (id, event_id, author_id, host_id, rating) VALUES ('${review}', '${the.otherEvent}', '${the.guest}', '${the.host}', 5);
     INSERT INTO review_votes (review_id, user_id, kind) VALUES ('${review}', '${the.friend}', 'HELPFUL'), ('${review}', '${the.judge}', 'HELPFUL');
     UPDATE review_votes SET kind = 'UNHELPFUL' WHERE user_id = '${the.judge}'`,
  );
  expect(await rowsOf(`SELECT like_count, comment_count FROM posts`)).toEqual([{ like_count: 2, comment_count: 2 }]);
  const votes = `SELECT helpful_count, unhelpful_count FROM reviews WHERE id = '${review}'`;
  expect(await rowsOf(votes)).toEqual([{ helpful_count: 1, unhelpful_count: 1 }]);
});

test('every scan has an outcome, and a repeated upload of it stays one row', async () => {
  const upload = `INSERT INTO event_check_ins (id, event_id, list_id, participant_id, device_id, device_seq)
    VALUES ('${id(400)}', '${the.event}', '${the.list}', '${the.participant}', '${the.device}', 1) ON CONFLICT DO NOTHING`;
  await sql.query(upload);
  await sql.query(upload);
  expect(await rowsOf('SELECT check_in_id, outcome FROM check_in_outcomes')).toEqual([
    { check_in_id: id(400), outcome: 'PENDING' },
  ]);
});
