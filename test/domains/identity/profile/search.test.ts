import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { openSearchWorld, type SearchWorld } from '../../../support/search-world.ts';

interface Person {
  id: string;
  username: string;
  firstName: string;
  lastName: string;
}

let world: SearchWorld;
let viewer: string;
beforeAll(async () => {
  world = await openSearchWorld();
  viewer = await world.person({ first_name: 'View', last_name: 'Er' });
});
afterAll(() => world?.close());

const names = async (words: string, viewerId = viewer): Promise<string[]> => {
  const { items } = await world.page<Person>('profile.search', { words }, viewerId);
  return items.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
};

test('a name counts more than a headline, and that more than a bio', async () => {
  await world.person({ first_name: 'In', last_name: 'Bio', bio: 'Knows a cartographer' });
  await world.person({ first_name: 'The', last_name: 'Headline', headline: 'Cartographer' });
  await world.person({ first_name: 'Cartographer', last_name: 'Jones' });
  expect(await names('cartographers')).toEqual(['Cartographer Jones', 'The Headline', 'In Bio']);
});

test.each(['zoe nunez', 'ZOË NUÑEZ', 'zoé nunes', 'Zoe Nuñz', 'zoenun'])('%s finds Zoë Nuñez', async (words) => {
  const known = (await names('nunez')).length > 0;
  if (!known) await world.person({ first_name: 'Zoë', last_name: 'Nuñez', username: `zoenunez${newId().slice(-6)}` });
  expect(await names(words)).toContain('Zoë Nuñez');
});

test('only who is open to it can be found', async () => {
  const gone = new Date();
  await world.person({ first_name: 'Waldo', last_name: 'Hidden', hidden_at: gone });
  await world.person({ first_name: 'Waldo', last_name: 'Closed', deleted_at: gone });
  await world.person({ first_name: 'Waldo', last_name: 'Erased', erased_at: gone });
  await world.person({ first_name: 'Waldo', last_name: 'Suspended', status: 'SUSPENDED' });
  for (const visibility of ['FOLLOWERS', 'FRIENDS', 'PRIVATE']) {
    await world.person({ first_name: 'Waldo', last_name: visibility, visibility });
  }
  await world.person({ first_name: 'Waldo', last_name: 'Member', visibility: 'MEMBERS' });
  const blocked = await world.person({ first_name: 'Waldo', last_name: 'Blocked' });
  await world.sql.query('INSERT INTO blocks (blocker_id, blocked_id) VALUES ($1, $2)', [viewer, blocked]);
  expect(await names('waldo')).toEqual(['Waldo Member']);
  expect(await names('wald')).toEqual(['Waldo Member']);
  expect(await names('view', blocked)).toEqual([]);
  expect(await names('waldo', blocked)).toHaveLength(2);
});

test('pages go on where they stopped, also through names spelled alike', async () => {
  for (let n = 0; n < 12; n += 1) await world.person({ first_name: 'Bartholomew', last_name: `Number${n}` });
  for (const [words, matched] of [
    ['bartholomew', 'words'],
    ['bartholomeww', 'similar'],
  ]) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.page<Person>(
        'profile.search',
        { words, limit: 5, ...(cursor ? { cursor } : {}) },
        viewer,
      );
      expect(page.matched).toBe(matched);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(12);
    expect(seen).toHaveLength(12);
  }
});

test('nobody is found by who is not signed in', async () => {
  expect(await world.call('profile.search', { words: 'waldo' })).toMatchObject({ error: { code: 'UNAUTHENTICATED' } });
});
