import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { openSearchWorld, type SearchWorld } from '../../../support/search-world.ts';

let world: SearchWorld;
beforeAll(async () => {
  world = await openSearchWorld();
});
afterAll(() => world?.close());

const titles = async (input: object, viewerId?: string): Promise<string[]> =>
  (await world.page('event.search', input, viewerId)).items.map(({ title }) => title);
const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);

describe('words', () => {
  beforeAll(async () => {
    await world.event({ title: 'About something', description: 'There will be a theremin', start_date: inDays(2) });
    await world.event({ title: 'In some place', venue: 'Theremin Hall', start_date: inDays(3) });
    await world.event({ title: 'With a tag', tags: ['theremin'], start_date: inDays(4) });
    await world.event({ title: 'Theremin for beginners', start_date: inDays(5) });
    await world.event({ title: 'Café Électronique', summary: 'Soirée' });
  });

  test('count most in the title, then in tags, place and description', async () => {
    const ranked = ['Theremin for beginners', 'With a tag', 'In some place', 'About something'];
    expect(await titles({ words: 'theremin' })).toEqual(ranked);
    expect(await titles({ words: 'theremin', sort: 'soonest' })).toEqual([...ranked].reverse());
  });

  test.each(['cafe electronique', 'CAFÉ', 'électronique soiree', '"cafe electronique"'])(
    '%s finds Café Électronique',
    async (words) => {
      expect(await titles({ words })).toEqual(['Café Électronique']);
    },
  );

  test('may be in another form, excluded or alternative', async () => {
    expect(await titles({ words: 'beginner theremins' })).toEqual(['Theremin for beginners']);
    expect(await titles({ words: 'theremin -beginners -tag -hall' })).toEqual(['About something']);
    expect(await titles({ words: 'beginners or cafe' })).toHaveLength(2);
  });

  test.each(['thermin', 'theramin', 'begginers', 'electroniqe'])(
    'misspelt as %s still find something, and it is said',
    async (words) => {
      const { items, matched } = await world.page('event.search', { words });
      expect(matched).toBe('similar');
      expect(items[0]?.title).toMatch(/Theremin for beginners|Café Électronique/);
    },
  );

  test('that mean nothing to a query find nothing and break nothing', async () => {
    for (const words of ['the', "' OR 1=1 --", '"', '-', '!!!', '&|<->', '日本', '\u202e', 'x'.repeat(200)]) {
      await world.page('event.search', { words });
    }
    expect(await titles({ words: 'xylograph quoin' })).toEqual([]);
  });
});

describe('where, when, what and for how much', () => {
  const HERE = { latitude: 10, longitude: 20 };

  beforeAll(async () => {
    const categories = [
      ['music', null],
      ['jazz', 'music'],
      ['bebop', 'jazz'],
      ['musicology', null],
    ] as const;
    const ids = new Map<string, string>();
    for (const [slug, parent] of categories) {
      ids.set(slug, newId());
      const row = [ids.get(slug), slug, slug, parent && ids.get(parent)];
      await world.sql.query('INSERT INTO event_categories (id, name, slug, parent_id) VALUES ($1, $2, $3, $4)', row);
    }
    const of = (slug: string) => ({ category_id: ids.get(slug), tags: ['places'] });
    await world.event({
      ...of('bebop'),
      title: 'Near',
      city: 'Zürich',
      latitude: 10,
      longitude: 20.1,
      start_date: inDays(3),
    });
    await world.event({
      ...of('jazz'),
      title: 'At the edge',
      city: 'ZURICH',
      latitude: 10.5,
      longitude: 20,
      start_date: inDays(1),
    });
    await world.event({
      ...of('musicology'),
      title: 'Beyond',
      city: 'Bern',
      latitude: 10.6,
      longitude: 20,
      start_date: inDays(2),
    });
    await world.event({
      ...of('music'),
      title: 'Across the date line',
      latitude: 0,
      longitude: 179.95,
      start_date: inDays(4),
    });
    const paid = { is_free: false, tags: ['priced'] };
    await world.event({ ...paid, title: 'Dear', price: 90_000, type: 'FESTIVAL', mode: 'ONLINE' });
    await world.event({ ...paid, title: 'Cheap', price: 100 });
    await world.event({ ...paid, title: 'In dollars', price: 500, currency: 'USD' });
    await world.event({ tags: ['priced'], title: 'Free', is_free: true });
    await world.event({ tags: ['times'], title: 'Last year', start_date: inDays(-300), end_date: inDays(-299) });
    await world.event({ tags: ['times'], title: 'Next month', start_date: inDays(30) });
  });

  test('a category includes what lies below it, and not what begins alike', async () => {
    expect(await titles({ category: 'music' })).toEqual(['At the edge', 'Near', 'Across the date line']);
    expect(await titles({ category: 'jazz' })).toEqual(['At the edge', 'Near']);
    expect(await titles({ category: 'no-such-thing' })).toEqual([]);
  });

  test('a city is found however it is written', async () => {
    expect(await titles({ city: 'zurich' })).toEqual(['At the edge', 'Near']);
    expect(await titles({ city: 'ZÜRICH', words: 'near' })).toEqual(['Near']);
  });

  test('a radius ends where it says', async () => {
    const degree = (6_371.0088 * Math.PI) / 180;
    expect(await titles({ ...HERE, radiusKm: 0.5 * degree + 0.01 })).toEqual(['At the edge', 'Near']);
    expect(await titles({ ...HERE, radiusKm: 0.5 * degree - 0.01 })).toEqual(['Near']);
    expect(await titles({ latitude: 0, longitude: -179.95, radiusKm: 12 })).toEqual(['Across the date line']);
  });

  test('the nearest come first when asked for, with their distance', async () => {
    const { items } = await world.page<{ title: string; distanceKm: number }>('event.search', {
      ...HERE,
      sort: 'distance',
      limit: 3,
    });
    expect(items.map(({ title }) => title)).toEqual(['Near', 'At the edge', 'Beyond']);
    expect(items[0]?.distanceKm).toBeCloseTo(10.95, 1);
  });

  test('prices compare within a currency, and nothing is dearer than free', async () => {
    expect(await titles({ words: 'priced', sort: 'price' })).toEqual(['Free', 'Cheap', 'Dear']);
    expect(await titles({ words: 'priced', sort: 'price', currency: 'USD' })).toEqual(['Free', 'In dollars']);
    expect(await titles({ words: 'priced', minPriceMinor: 100, maxPriceMinor: 90_000, sort: 'price' })).toEqual([
      'Cheap',
      'Dear',
    ]);
    expect(await titles({ words: 'priced', isFree: true })).toEqual(['Free']);
    expect(await titles({ words: 'priced', type: 'FESTIVAL', mode: 'ONLINE' })).toEqual(['Dear']);
  });

  test('what has begun is only found by who asks for the past', async () => {
    expect(await titles({ words: 'times' })).toEqual(['Next month']);
    expect(await titles({ words: 'times', from: inDays(-365).toISOString() })).toHaveLength(2);
    expect(await titles({ words: 'times', from: inDays(-365).toISOString(), to: inDays(0).toISOString() })).toEqual([
      'Last year',
    ]);
  });

  test('the newest are those made last', async () => {
    expect((await titles({ sort: 'newest', limit: 1, from: inDays(-365).toISOString() }))[0]).toBe('Next month');
  });
});

test('what runs is found as what is to come, over any part of its time', async () => {
  const runs = { tags: ['running'], start_date: inDays(-1), end_date: inDays(2) };
  await world.event({ ...runs, title: 'Festival', status: 'ONGOING' });
  await world.event({ ...runs, title: 'Not told yet' });
  await world.event({ ...runs, title: 'Long', start_date: inDays(-360), end_date: inDays(5), status: 'ONGOING' });
  await world.event({ ...runs, title: 'Over', start_date: inDays(-3), end_date: inDays(-1) });
  await world.event({ ...runs, title: 'To come', start_date: inDays(4), end_date: inDays(6) });
  const between = (from: number, to: number) =>
    titles({ words: 'running', sort: 'soonest', from: inDays(from).toISOString(), to: inDays(to).toISOString() });
  expect(await titles({ words: 'running', sort: 'soonest' })).toEqual(['Long', 'Festival', 'Not told yet', 'To come']);
  expect(await between(0.1, 1)).toEqual(['Long', 'Festival', 'Not told yet']);
  expect(await between(3, 3.5)).toEqual(['Long']);
  expect(await between(4.5, 7)).toEqual(['Long', 'To come']);
  expect(await between(-2.5, -2)).toEqual(['Long', 'Over']);
  expect(await between(5.5, 9)).toEqual(['To come']);
  // Now is the beginning where none is named, whenever the end is.
  expect(await titles({ words: 'running', to: inDays(-400).toISOString() })).toEqual([]);
});

describe('what not everybody may come across', () => {
  const words = 'clandestine';

  test('never appears', async () => {
    const shutDown = await world.person({ status: 'SUSPENDED' });
    const hidden = await world.person({ hidden_at: new Date() });
    const out = { cancelled_at: new Date() };
    const rows: Record<string, unknown>[] = [
      ...['DRAFT', 'PENDING_REVIEW', 'COMPLETED', 'CANCELLED', 'POSTPONED'].map((status) => ({ status, ...out })),
      ...['UNLISTED', 'FOLLOWERS', 'TICKET_HOLDERS', 'PRIVATE'].map((visibility) => ({ visibility })),
      ...['deleted_at', 'hidden_at', 'archived_at'].map((column) => ({ [column]: new Date() })),
      ...[shutDown, hidden].map((host_id) => ({ host_id })),
    ];
    for (const row of rows) await world.event({ title: `Clandestine ${Object.keys(row)[0]}`, ...row });
    await world.event({ title: 'Clandestine no more' });
    for (const sort of ['relevance', 'soonest', 'newest', 'price']) {
      expect(await titles({ words, sort }), sort).toEqual(['Clandestine no more']);
    }
    expect(await titles({ words: 'clandestne' })).toEqual(['Clandestine no more']);
  });

  test('a block hides each from the other, and from nobody else', async () => {
    const [blocker, blocked, muted] = [await world.person(), await world.person(), await world.person()];
    await world.event({ title: 'Estranged one', host_id: blocker });
    await world.event({ title: 'Estranged two', host_id: blocked });
    await world.sql.query(
      `INSERT INTO blocks (blocker_id, blocked_id, kind) VALUES ($1, $2, 'BLOCK'), ($1, $3, 'MUTE')`,
      [blocker, blocked, muted],
    );
    expect(await titles({ words: 'estranged' }, blocker)).toEqual(['Estranged one']);
    expect(await titles({ words: 'estranged' }, blocked)).toEqual(['Estranged two']);
    expect(await titles({ words: 'estranged' }, muted)).toHaveLength(2);
    expect(await titles({ words: 'estranged' })).toHaveLength(2);
  });
});

describe('input that makes no sense is refused by field and reason', () => {
  test.each([
    [{ latitude: 1 }, 'longitude'],
    [{ radiusKm: 5 }, 'latitude'],
    [{ sort: 'distance' }, 'latitude'],
    [{ from: '2027-01-02T00:00:00Z', to: '2027-01-01T00:00:00Z' }, 'to'],
    [{ minPriceMinor: 5, maxPriceMinor: 4 }, 'maxPriceMinor'],
    [{ words: ' ' }, 'words'],
    [{ cursor: 'Zm9v' }, 'cursor'],
    [{ limit: 51 }, 'limit'],
    [{ sort: 'best' }, 'sort'],
  ])('%j', async (input, path) => {
    const answer = await world.call('event.search', input);
    expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    if (!answer.ok) expect(answer.error.issues).toContainEqual({ path, message: expect.stringMatching(/\w/) });
  });
});
