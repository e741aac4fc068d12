import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSearchWorld, type SearchWorld } from '../../../support/search-world.ts';

/** More than two windows of a ranked search. */
const MATCHES = 2_300;
const SORTS = ['relevance', 'soonest', 'newest', 'price', 'distance'] as const;
const HERE = { latitude: 23.8, longitude: 90.4 };

let world: SearchWorld;
beforeAll(async () => {
  world = await openSearchWorld();
  await insert(1, MATCHES);
});
afterAll(() => world?.close());

/** Few different times, prices, places and ranks: most keys have many rows alike, which only the id tells apart. */
const insert = (first: number, last: number) =>
  world.sql.query(
    `INSERT INTO events (id, title, slug, description, host_id, status, start_date, end_date, is_free, price, latitude, longitude)
     SELECT uuidv7(), CASE n % 4 WHEN 0 THEN 'Harvest' ELSE 'Gathering' END, 'gathering-' || n,
       repeat('harvest ', 1 + (n % 3)::int), (SELECT id FROM users WHERE username = 'the_host'), 'PUBLISHED',
       now()::date + 7 + (n % 11)::int, now()::date + 60, false, 100 + n % 7, 23.8 + (n % 5) * 0.1, 90.4
     FROM generate_series($1::bigint, $2::bigint) AS n`,
    [first, last],
  );

interface Item {
  id: string;
  slug: string;
  startDate: string;
  price: { amountMinor: number };
  distanceKm: number;
}

const keyOf: Record<(typeof SORTS)[number], ((item: Item) => string | number) | null> = {
  relevance: null,
  soonest: ({ startDate }) => startDate,
  newest: null,
  price: ({ price }) => price.amountMinor,
  distance: ({ distanceKm }) => distanceKm,
};

let made = MATCHES;
const addTwenty = async (): Promise<void> => {
  made += 20;
  await insert(made - 19, made);
};

/** Pages to the end while rows are added, and gives what was seen, in order. */
const everything = async (input: { sort: (typeof SORTS)[number]; limit: number }, addAfterPages: number[]) => {
  const seen: Item[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 2 * MATCHES; pages += 1) {
    const page = await world.page<Item>('event.search', {
      words: 'harvest',
      ...HERE,
      ...input,
      ...(cursor ? { cursor } : {}),
    });
    seen.push(...page.items);
    if (page.nextCursor === null) return seen;
    cursor = page.nextCursor;
    if (addAfterPages.includes(pages)) await addTwenty();
  }
  throw new Error('the pages do not end');
};

test('paging shows every match exactly once and in order, whatever is inserted meanwhile', {
  timeout: 240_000,
}, async () => {
  const runs = fc.record({
    sort: fc.constantFrom(...SORTS),
    limit: fc.integer({ min: 23, max: 50 }),
    adds: fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 5 }),
  });
  const example = (sort: (typeof SORTS)[number]): [{ sort: typeof sort; limit: number; adds: number[] }] => [
    { sort, limit: 50, adds: [0, 3, 19, 20] },
  ];
  await fc.assert(
    fc.asyncProperty(runs, async ({ adds, ...input }) => {
      const before = made;
      const seen = await everything(input, adds);
      const ids = seen.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const slugs = new Set(seen.map(({ slug }) => slug));
      const missed = Array.from({ length: before }, (_, n) => `gathering-${n + 1}`).filter((slug) => !slugs.has(slug));
      expect(missed).toEqual([]);
      const key = keyOf[input.sort];
      if (key) expect(seen.map(key)).toEqual(seen.map(key).toSorted((a, b) => (a < b ? -1 : Number(a > b))));
      if (input.sort === 'newest') expect(ids).toEqual(ids.toSorted().reverse());
    }),
    { numRuns: 6, examples: SORTS.map(example) },
  );
});

test('each window is ranked by itself: in the first, the soonest thousand, a title comes before a description', async () => {
  const seen = await everything({ sort: 'relevance', limit: 50 }, []);
  const first = seen.slice(0, 1_000);
  const latest =
    first
      .map(({ startDate }) => startDate)
      .sort()
      .at(-1) ?? '';
  expect(seen.slice(1_000).every(({ startDate }) => startDate >= latest)).toBe(true);
  const isTitled = (item: Item & { title?: string }): boolean => item.title === 'Harvest';
  const titled = first.filter(isTitled).length;
  expect(titled).toBeGreaterThan(100);
  expect(first.slice(0, titled).every(isTitled)).toBe(true);
});

test('a cursor of another search is refused, and one that somebody made up', async () => {
  const { nextCursor } = await world.page('event.search', { words: 'harvest' });
  expect(await world.call('event.search', { words: 'gathering', cursor: nextCursor })).toMatchObject({
    error: { code: 'INVALID_INPUT', issues: [{ path: 'cursor', message: 'belongs to another search' }] },
  });
  const [of] = JSON.parse(Buffer.from(nextCursor ?? '', 'base64url').toString());
  const made = [
    [of, null, null, null, null],
    [of, null, ['x'], null, null, false],
    [of, null, [1, '2026-13-45T00:00:00Z', 'x'], null, null, false],
    [of, null, ['a', 'b', 'c'], ['d', 'e'], null, true],
    [of, null, null, ["'; DROP TABLE users", 1], null, true],
    { of },
  ];
  for (const each of made) {
    const cursor = Buffer.from(JSON.stringify(each)).toString('base64url');
    expect(await world.call('event.search', { words: 'harvest', cursor }), JSON.stringify(each)).toMatchObject({
      error: { code: 'INVALID_INPUT', issues: [{ path: 'cursor' }] },
    });
  }
});
