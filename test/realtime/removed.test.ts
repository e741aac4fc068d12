import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { logKey, metaKey } from '../../src/platform/rooms/keys.ts';
import { freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { call, collect, createGatewayWorld, tokenFor } from './gateway-world.ts';

type World = Awaited<ReturnType<typeof createGatewayWorld>>;
let world: World;
let node: Awaited<ReturnType<World['startNode']>>;
let writer: Awaited<ReturnType<World['startNode']>>;

beforeAll(async () => {
  const redisUrl = await freshRedis();
  world = await createGatewayWorld(redisUrl);
  [node, writer] = await Promise.all([world.startNode(redisUrl), world.startNode(redisUrl)]);
});
afterAll(() => world.stop());

const say = (room: string, body: string, more: object = {}) =>
  writer.log.append(room, { id: newId(), signal: 'test.said', data: { body }, ...more });

/** Two people who watch a new room on one node. */
const watched = async () => {
  const room = `test:${newId()}`;
  const people = await Promise.all(
    [newId(), newId()].map(async (userId) => {
      const socket = world.connect(node.url, tokenFor(userId));
      const seen = collect(socket, room);
      const left: unknown[] = [];
      socket.on('room.left', (frame) => left.push(frame));
      await call(socket, 'room.watch', { room });
      return { userId, socket, seen, left };
    }),
  );
  const [stays, goes] = people;
  if (!stays || !goes) throw new Error('nobody came');
  await say(room, 'before');
  await until(() => people.every(({ seen }) => seen.bodies.includes('before')));
  return { room, stays, goes };
};

test.each([
  ['its entries are gone', (room: string) => node.redis.hincrby(metaKey(room), 's', 5)],
  ['its log was written to another Redis', (room: string) => node.redis.hset(metaKey(room), 'i', 'another')],
  ['Redis has lost it', (room: string) => node.redis.del(logKey(room), metaKey(room))],
])('who was removed unseen hears nothing of a room that starts afresh because %s', async (_why, lose) => {
  const { room, stays, goes } = await watched();
  world.mayNotWatch.add(`${goes.userId} ${room}`);
  // Nobody is let in, and nobody sent away, because the question could not be answered, whoever is asked about first.
  world.questions.fail = 2;
  await lose(room);
  await say(room, 'secret');
  await until(() => goes.left.length === 1);
  await say(room, 'secret too');
  await until(() => stays.seen.bodies.includes('secret too'));
  expect(goes.seen.bodies).toEqual(['before']);
  expect(stays.left).toEqual([]);
});
