import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSearchWorld, type SearchWorld } from '../../../support/search-world.ts';

interface Post {
  id: string;
  body: string;
  author: { username: string };
}

let world: SearchWorld;
let viewer: string;
beforeAll(async () => {
  world = await openSearchWorld();
  viewer = await world.person();
});
afterAll(() => world?.close());

const bodies = async (input: object, viewerId = viewer): Promise<string[]> =>
  (await world.page<Post>('post.search', input, viewerId)).items.map(({ body }) => body);
const ago = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);

test('a tag counts more than text; the newest come first when asked for', async () => {
  await world.post({ body: 'A zeppelin over the lake', created_at: ago(1) });
  await world.post({ body: 'Look up', tags: ['zeppelin'], created_at: ago(2) });
  expect(await bodies({ words: 'zeppelins' })).toEqual(['Look up', 'A zeppelin over the lake']);
  expect(await bodies({ words: 'zeppelin', sort: 'newest' })).toEqual(['A zeppelin over the lake', 'Look up']);
  const { items } = await world.page<Post>('post.search', { words: 'zeppelin' }, viewer);
  expect(items[0]?.author.username).toBe('the_host');
});

test('only what was said to everybody, and still stands, by people one sees', async () => {
  for (const visibility of ['FOLLOWERS', 'FRIENDS', 'PARTICIPANTS', 'PRIVATE']) {
    await world.post({ body: `gossip for ${visibility}`, visibility });
  }
  await world.post({ body: 'gossip hidden', hidden_at: new Date() });
  await world.post({ body: 'gossip deleted', deleted_at: new Date() });
  const [suspended, blocker] = [await world.person({ status: 'SUSPENDED' }), await world.person()];
  await world.post({ body: 'gossip by who is suspended', author_id: suspended });
  await world.post({ body: 'gossip by who blocked the viewer', author_id: blocker });
  await world.sql.query('INSERT INTO blocks (blocker_id, blocked_id) VALUES ($1, $2)', [blocker, viewer]);
  await world.post({ body: 'gossip for all' });
  expect(await bodies({ words: 'gossip' })).toEqual(['gossip for all']);
  expect(await bodies({ words: 'gossip', sort: 'newest' })).toEqual(['gossip for all']);
  expect(await bodies({ words: 'gossip' }, blocker)).toHaveLength(2);
});

test.each(['relevance', 'newest'])('pages by %s show each post once, also while others are written', async (sort) => {
  const word = `pagination${sort}`;
  for (let n = 0; n < 23; n += 1)
    await world.post({ body: `${word} ${n % 3 === 0 ? word : ''} ${n}`, created_at: ago(n % 4) });
  const before = (await world.sql.query('SELECT id FROM posts WHERE body LIKE $1', [`${word}%`])).rows.map(
    ({ id }) => id,
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.page<Post>(
      'post.search',
      { words: word, sort, limit: 5, ...(cursor ? { cursor } : {}) },
      viewer,
    );
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
    await world.post({ body: `${word} later`, created_at: ago(seen.length % 5) });
  } while (cursor && seen.length < 100);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(before));
});
