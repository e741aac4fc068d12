import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../../../src/kernel/actor.ts';
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

test('exists as long as the account is open, and begins empty', async () => {
  const [room] = world.identity.rooms;
  const { user } = await world.register('ada');
  expect(await room?.seed(user.id)).toEqual({ seq: 0, ordinal: 0, recent: [] });
  expect(await room?.seed(randomUUID())).toBeNull();
  await world.database.user.update({ where: { id: user.id }, data: { status: 'SUSPENDED' } });
  expect(await room?.seed(user.id)).toBeNull();
});
