import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { operation, signal } from '../../src/kernel/contract.ts';
import { anyone, type Handler, handle, nothing } from '../../src/kernel/handler.ts';
import { newId } from '../../src/platform/ids.ts';
import { freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { createGatewayWorld, tokenFor } from './gateway-world.ts';
import { answerTo, openSignedIn } from './raw-socket.ts';

let begun = 0;
let running = 0;
let mostRunning = 0;

/** Answers as much as it is asked for, after a moment. */
const large: Handler = handle(
  operation({
    ...{ name: 'probe.large', summary: 'Much', access: 'user', durability: 'read', rates: [] },
    ...{ input: z.object({ bytes: z.int() }), output: z.object({ text: z.string() }), errors: [] },
  }),
  {
    ...{ load: nothing, allow: anyone },
    run: async ({ bytes }) => {
      begun += 1;
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return { text: 'x'.repeat(bytes) };
    },
  },
);

const told = signal({ name: 'probe.told', summary: 'Told', data: z.object({ text: z.string() }) });

type World = Awaited<ReturnType<typeof createGatewayWorld>>;
let world: World;
let node: Awaited<ReturnType<World['startNode']>>;

beforeAll(async () => {
  world = await createGatewayWorld(await freshRedis(), [large]);
  node = await world.startNode();
});
afterAll(() => world.stop());

const heldBytes = (): number =>
  [...node.bus.io.sockets.sockets.values()].reduce((sum, socket) => {
    // Safe: only looked at.
    const { transport, writeBuffer } = socket.conn as unknown as {
      transport: { socket: { _socket: { writableLength: number } | null } };
      writeBuffer: { data?: string }[];
    };
    const above = writeBuffer.reduce((length, { data }) => length + (data?.length ?? 0), 0);
    return sum + (transport.socket._socket?.writableLength ?? 0) + above;
  }, 0);

const actions = async (action: string) =>
  (await node.metrics.slowConsumers.get()).values.find(({ labels }) => labels.action === action)?.value ?? 0;

test('a socket that asks and does not read is answered until its buffer is full, and everything when it reads', async () => {
  const raw = await openSignedIn(node.url, tokenFor(newId()));
  raw.socket.pause();
  begun = 0;
  const calls = 400;
  for (let id = 0; id < calls; id += 1) raw.say(`2${id}["probe.large",{"bytes":200000}]`);
  await until(async () => (await actions('hold')) > 0, { what: 'the socket to be held' });
  let before = -1;
  // What the network itself takes first differs; then it stands still.
  await until(async () => {
    const stands = before === begun;
    before = begun;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return stands;
  });
  expect(begun).toBeLessThan(100);
  expect(heldBytes()).toBeLessThan(2_000_000);
  expect(mostRunning).toBeLessThanOrEqual(16);
  raw.socket.resume();
  const answers = () => raw.heard.filter((text) => text.startsWith('43')).length;
  await until(() => answers() === calls, { withinMs: 20_000, what: 'all answers' });
  expect(raw.heard.filter((text) => text.includes('"ok":false'))).toEqual([]);
  // Those that found no room when it was full were made again, and only those.
  expect(begun).toBeLessThan(calls * 1.5);
  raw.socket.terminate();
}, 30_000);

test('what is addressed to a person is let go while their socket does not read', async () => {
  const userId = newId();
  const raw = await openSignedIn(node.url, tokenFor(userId));
  raw.socket.pause();
  const before = await actions('drop');
  for (let n = 0; n < 2_000; n += 1) node.bus.sockets.tellUser(userId, told, { text: 'y'.repeat(10_000) });
  expect(await actions('drop')).toBeGreaterThan(before);
  expect(heldBytes()).toBeLessThan(500_000);
  raw.socket.resume();
  raw.say('25["probe.large",{"bytes":1}]');
  expect(await answerTo(raw, 5)).toEqual({ ok: true, data: { text: 'x' } });
  raw.socket.terminate();
});
