import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { pendingBytes, signalFrame, writeFrame } from '../../src/realtime/frame-writer.ts';
import { freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { createGatewayWorld, tokenFor } from './gateway-world.ts';

type World = Awaited<ReturnType<typeof createGatewayWorld>>;
let world: World;
let node: Awaited<ReturnType<World['startNode']>>;

beforeAll(async () => {
  world = await createGatewayWorld(await freshRedis());
  node = await world.startNode();
});
afterAll(() => world.stop());

const openPair = async () => {
  const client = world.connect(node.url, tokenFor(newId()));
  await new Promise((resolve) => client.once('session.ready', resolve));
  const server = await until(() => node.bus.io.sockets.sockets.get(client.id ?? ''));
  return { client, server };
};

test('finds the insides of engine.io and ws as it expects them, so that frames go the direct way', async () => {
  const { client, server } = await openPair();
  const heard: string[] = [];
  client.on('test.said', ({ body }: { body: string }) => heard.push(body));
  // Every length of RFC 6455's header, and text that is longer in bytes than in characters.
  const bodies = ['a', 'b'.repeat(200), 'ü🔥'.repeat(100), 'c'.repeat(70_000)];
  for (const body of bodies) {
    await until(() => pendingBytes(server) === 0);
    expect(writeFrame(server, signalFrame('test.said', JSON.stringify({ body })))).toBe(true);
  }
  await until(() => heard.length === bodies.length);
  expect(heard).toEqual(bodies);
});

test('keeps the order of frames and of what Socket.IO writes by itself', async () => {
  const { client, server } = await openPair();
  const heard: number[] = [];
  client.on('test.said', ({ n }: { n: number }) => heard.push(n));
  for (let n = 0; n < 300; n += 1) {
    if (n % 3 === 0) server.emit('test.said', { n });
    else writeFrame(server, signalFrame('test.said', `{"n":${n}}`));
  }
  await until(() => heard.length === 300);
  expect(heard).toEqual(Array.from({ length: 300 }, (_, n) => n));
});

test('answers calls by the direct way, once each', async () => {
  const { client, server } = await openPair();
  server.offAny();
  let detours = 0;
  server.conn.on('packetCreate', () => {
    detours += 1;
  });
  server.on('test.echo', (input: unknown, answer: (data: unknown) => void) => {
    answer({ echo: input });
    answer({ echo: 'twice' });
  });
  const answers = await Promise.all([1, 2, 3].map((n) => client.emitWithAck('test.echo', n)));
  expect(answers).toEqual([{ echo: 1 }, { echo: 2 }, { echo: 3 }]);
  expect(detours).toBe(0);
});
