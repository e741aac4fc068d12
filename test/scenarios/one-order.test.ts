import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { ask, call, connect, type Person, register } from '../support/people.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';

const MESSAGES_PER_PUBLISHER = 1_000;
/** Sends of one publisher that are on their way at once. */
const IN_FLIGHT = 50;

let cluster: Cluster;
let network: TcpProxy;
let people: Person[];

beforeAll(async () => {
  network = await tcpProxy(await freshRedis(), 50);
  cluster = await startCluster({ databaseUrl: await freshDatabase(), redisUrl: network.url, nodes: 3 });
  people = [];
  for (let n = 0; n < 5; n += 1) people.push(await register(cluster.nodes[n % 3]?.url ?? ''));
}, 60_000);

afterAll(async () => {
  await cluster?.stop();
  await network?.stop();
});

interface Frame {
  room: string;
  epoch: string;
  entries: { seq: number; signal: string; data: { clientId: string } }[];
}

test('two observers on two nodes see what three publishers on three nodes send as one sequence, whole', async () => {
  const [owner, ...others] = people;
  if (!owner) throw new Error('nobody is here');
  const nodeOf = (n: number) => cluster.nodes[n % 3]?.url ?? '';
  const publishers = people.slice(0, 3).map((person, n) => connect(nodeOf(n), person));
  const observers = people.slice(3).map((person, n) => connect(nodeOf(n), person));
  const { id: chatId } = await ask<{ id: string }>(publishers[0] as never, 'chat.open', {
    kind: 'GROUP',
    title: 'one order',
    memberIds: others.map(({ id }) => id),
  });
  const room = `chat:${chatId}`;
  const seen = await Promise.all(
    observers.map(async (socket) => {
      const entries: { seq: number; clientId: string }[] = [];
      socket.on('room.entries', (frame: Frame) => {
        for (const { seq, signal, data } of frame.entries) {
          if (signal === 'chat.sent') entries.push({ seq, clientId: data.clientId });
        }
      });
      await ask(socket, 'room.watch', { room });
      return entries;
    }),
  );

  const sent: string[] = [];
  await Promise.all(
    publishers.map(async (socket) => {
      let left = MESSAGES_PER_PUBLISHER;
      const sendOn = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          const clientId = newId();
          sent.push(clientId);
          const answer = await call(socket, 'chat.send', { chatId, clientId, body: `message ${left}` });
          if (!answer.ok) throw new Error(`chat.send answered ${answer.error.code}`);
        }
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, sendOn));
    }),
  );

  const total = 3 * MESSAGES_PER_PUBLISHER;
  await until(() => seen.every((entries) => entries.length >= total), { withinMs: 60_000, what: 'every message' });
  const [first = [], second = []] = seen;
  expect(second).toEqual(first);
  expect(first).toHaveLength(total);
  expect(new Set(first.map(({ clientId }) => clientId))).toEqual(new Set(sent));
  expect(first.every(({ seq }, n) => n === 0 || seq > (first[n - 1]?.seq ?? 0))).toBe(true);
}, 240_000);
