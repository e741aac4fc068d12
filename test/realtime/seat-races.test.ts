import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { call, collect, createGatewayWorld, tokenFor } from './gateway-world.ts';

type World = Awaited<ReturnType<typeof createGatewayWorld>>;
type Node = Awaited<ReturnType<World['startNode']>>;
let world: World;
let node: Node;

beforeAll(async () => {
  world = await createGatewayWorld(await freshRedis());
  node = await world.startNode();
});
afterAll(() => world.stop());

const newRoom = () => `test:${newId()}`;
const say = (room: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, () => node.log.append(room, { id: newId(), signal: 'test.said', data: {} })),
  );
const range = (to: number) => Array.from({ length: to }, (_, n) => n + 1);

test('a socket that asks for one room several times at once gets each entry once', async () => {
  const room = newRoom();
  const socket = world.connect(node.url);
  const seen = collect(socket, room);
  await Promise.all(range(8).map(() => call(socket, 'room.watch', { room })));
  await say(room, 20);
  await until(() => seen.seqs.length >= 20);
  // A later question is answered after whatever was doubled.
  await call(socket, 'room.watch', { room });
  expect(seen.seqs).toEqual(range(20));
});

test('a room that one leaves while another comes goes on for the one who comes', async () => {
  for (let round = 0; round < 20; round += 1) {
    const room = newRoom();
    const [leaving, coming] = [world.connect(node.url), world.connect(node.url, tokenFor(newId()))];
    const seen = collect(coming, room);
    await call(leaving, 'room.watch', { room });
    await Promise.all([call(coming, 'room.watch', { room }), call(leaving, 'room.unwatch', { room })]);
    await say(room, 3);
    await until(() => seen.seqs.length === 3, { withinMs: 3_000, what: `round ${round}` });
    leaving.disconnect();
    coming.disconnect();
  }
});
