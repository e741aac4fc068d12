import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { ALL_ASKED_AGAIN } from '../../src/platform/rooms/log.ts';
import { freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { call, collect, createGatewayWorld, tokenFor } from './gateway-world.ts';

type World = Awaited<ReturnType<typeof createGatewayWorld>>;
let world: World;
let node: Awaited<ReturnType<World['startNode']>>;

beforeAll(async () => {
  world = await createGatewayWorld(await freshRedis());
  node = await world.startNode();
});
afterAll(() => world.stop());

test('an entry that asks everybody again sends out who may no longer watch, and nobody else', async () => {
  const room = `test:${newId()}`;
  const [stays, goes] = await Promise.all(
    [newId(), newId()].map(async (userId) => {
      const socket = world.connect(node.url, tokenFor(userId));
      const left: unknown[] = [];
      socket.on('room.left', (frame) => left.push(frame));
      const seen = collect(socket, room);
      await call(socket, 'room.watch', { room });
      return { userId, seen, left };
    }),
  );
  if (!stays || !goes) throw new Error('nobody came');
  world.mayNotWatch.add(`${goes.userId} ${room}`);
  const say = (body: string, more: object = {}) =>
    node.log.append(room, { id: newId(), signal: 'test.said', data: { body }, ...more });
  await say('it is private now', { evicts: [ALL_ASKED_AGAIN] });
  await until(() => goes.left.length === 1);
  await say('a secret');
  await until(() => stays.seen.bodies.includes('a secret'));
  expect(goes.seen.bodies).not.toContain('a secret');
  expect(stays.left).toEqual([]);
});
