import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../../../src/kernel/actor.ts';
import { reachedBy } from '../../../../src/platform/rooms/unstored.ts';
import { openWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('is watched by its owner only, staff included', async () => {
  const [room] = world.identity.rooms;
  const ada: Actor = { userId: randomUUID(), sessionId: randomUUID(), role: 'USER' };
  expect(room?.contract.name).toBe('user:{userId}');
  expect(await room?.canWatch(ada, ada.userId)).toBe(true);
  expect(await room?.canWatch({ ...ada, userId: randomUUID() }, ada.userId)).toBe(false);
  expect(await room?.canWatch({ ...ada, userId: randomUUID(), role: 'SUPER_ADMIN' }, ada.userId)).toBe(false);
});

test('exists as long as the account is open, and goes on above every number it can have given out', async () => {
  const [room] = world.identity.rooms;
  const { user } = await world.register('ada');
  const reached = reachedBy(new Date());
  const seed = await room?.seed(user.id);
  expect(seed).toMatchObject({ ordinal: 0, recent: [] });
  expect(seed?.seq).toBeGreaterThanOrEqual(reached);
  expect(await room?.seed(randomUUID())).toBeNull();
  await world.database.user.update({ where: { id: user.id }, data: { status: 'SUSPENDED' } });
  expect(await room?.seed(user.id)).toBeNull();
});
