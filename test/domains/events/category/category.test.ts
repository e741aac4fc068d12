import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { codeOf, type EventWorld, errorOf, openEventWorld } from '../support/event-world.ts';

let world: EventWorld;
const admin = { userId: '', role: 'ADMIN' };

beforeAll(async () => {
  world = await openEventWorld();
  admin.userId = world.people[0] ?? '';
});
afterAll(() => world?.close());

interface Category {
  id: string;
  slug: string;
  path: string;
  depth: number;
  parentId: string | null;
}
const slug = (): string => `c-${newId().slice(-12)}`;
const create = (parentId: string | null = null) =>
  world.ask<Category>(admin, 'category.create', { name: 'A category', slug: slug(), parentId });
const move = (categoryId: string, parentId: string | null) =>
  world.call(admin, 'category.move', { categoryId, parentId });
const rows = () => world.database.eventCategory.findMany();

test('whatever is moved, the tree stays a tree and every path says where it stands', async () => {
  const nodes: Category[] = [];
  for (let count = 0; count < 8; count += 1) nodes.push(await create());
  const index = fc.integer({ min: 0, max: 7 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(index, fc.option(index)), { minLength: 1, maxLength: 8 }), async (moves) => {
      // All at once: two moves must not close a circle together.
      const answers = await Promise.all(
        moves.map(([from, to]) => move(nodes[from]?.id ?? '', to === null ? null : (nodes[to]?.id ?? ''))),
      );
      for (const answer of answers) expect(['OK', 'CONFLICT']).toContain(codeOf(answer));
      const byId = new Map((await rows()).map((row) => [row.id, row]));
      for (const row of byId.values()) {
        const above = row.parentId === null ? undefined : byId.get(row.parentId);
        expect(row.path).toBe(above ? `${above.path}/${row.slug}` : row.slug);
        expect(row.depth).toBe(above ? above.depth + 1 : 0);
      }
    }),
    { numRuns: 15 },
  );
});

test('a circle, a parent that is not there and a slug that is taken are refused', async () => {
  const root = await create();
  const child = await create(root.id);
  expect(errorOf(await move(root.id, child.id))).toMatchObject({ code: 'CONFLICT' });
  expect(errorOf(await move(child.id, newId()))).toMatchObject({
    code: 'INVALID_INPUT',
    issues: [{ path: 'parentId' }],
  });
  const taken = await world.call(admin, 'category.create', { name: 'Again', slug: root.slug });
  expect(errorOf(taken)).toMatchObject({ code: 'CONFLICT', issues: [{ path: 'slug' }] });
  expect(codeOf(await move(newId(), null))).toBe('NOT_FOUND');
});

test('the tree is eight levels deep at most', async () => {
  let parent: string | null = null;
  for (let depth = 0; depth <= 8; depth += 1) parent = (await create(parent)).id;
  expect(codeOf(await world.call(admin, 'category.create', { name: 'x', slug: slug(), parentId: parent }))).toBe(
    'CONFLICT',
  );
});

test('everyone reads it, administrators keep it', async () => {
  const { id, path } = await create();
  const { items } = await world.ask<{ items: Category[] }>(null, 'category.list', {});
  expect(items).toContainEqual(expect.objectContaining({ id, path }));
  const edit = { categoryId: id, isActive: false };
  expect(codeOf(await world.call({ userId: admin.userId, role: 'SUPPORT' }, 'category.edit', edit))).toBe('FORBIDDEN');
  expect(codeOf(await world.call(admin.userId, 'category.edit', edit))).toBe('FORBIDDEN');
  await world.ask(admin, 'category.edit', edit);
  const after = await world.ask<{ items: Category[] }>(null, 'category.list', {});
  expect(after.items.map((each) => each.id)).not.toContain(id);
});
