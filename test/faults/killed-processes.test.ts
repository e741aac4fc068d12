import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient, type Following } from '../../src/sdk/index.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { type OwnServer, ownPostgres, ownRedis } from '../support/own-servers.ts';
import { ask, connect, type Person, register } from '../support/people.ts';
import { until } from '../support/until.ts';
import { steadyTraffic, type Traffic } from './steady-traffic.ts';

const PER_SECOND = 500;
/** Acknowledged messages between two kills: enough to be in the middle of everything. */
const BETWEEN_KILLS = 1_000;

let cluster: Cluster;
let redis: OwnServer;
let postgres: OwnServer;
let people: Person[];
let chatId: string;

beforeAll(async () => {
  [redis, postgres] = await Promise.all([ownRedis({ appendOnly: 'always' }), ownPostgres()]);
  cluster = await startCluster({ databaseUrl: postgres.url, redisUrl: redis.url });
  people = [];
  for (let n = 0; n < 3; n += 1) people.push(await register(cluster.nodes[0]?.url ?? ''));
  const socket = connect(cluster.nodes[0]?.url ?? '', people[0] as Person);
  const memberIds = people.slice(1).map(({ id }) => id);
  ({ id: chatId } = await ask<{ id: string }>(socket, 'chat.open', { kind: 'GROUP', title: 'kills', memberIds }));
  socket.disconnect();
}, 120_000);

afterAll(async () => {
  await cluster?.stop();
  await Promise.all([redis?.stop(), postgres?.stop()]);
});

const rowsOf = async (): Promise<{ seq: number; clientId: string; ordinal: number }[]> => {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query(
    'SELECT seq::int, client_id AS "clientId", ordinal::int FROM messages WHERE chat_id = $1 ORDER BY seq',
    [chatId],
  );
  await client.end();
  return rows;
};

const untilMore = async (traffic: Traffic): Promise<void> => {
  const goal = traffic.acknowledged.length + BETWEEN_KILLS;
  await until(() => traffic.acknowledged.length >= goal, { withinMs: 120_000, what: `${goal} acknowledged messages` });
};

/** Messages as `chat.history` tells them, all pages. */
const snapshot = async (): Promise<string[]> => {
  const socket = connect(cluster.nodes[1]?.url ?? '', people[2] as Person);
  const clientIds: string[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await ask<{ items: { seq: number; clientId: string }[] }>(socket, 'chat.history', {
      chatId,
      limit: 100,
      ...(before === undefined ? {} : { before }),
    });
    clientIds.unshift(...page.items.map((item) => item.clientId));
    if (page.items.length < 100) break;
    before = page.items[0]?.seq;
  }
  socket.disconnect();
  return clientIds;
};

/** Someone who has the chat open all the while, on one node; the SDK reconnects and resumes by itself. */
const keepOpen = async (nodeUrl: string, person: Person): Promise<{ client: Client; following: Following }> => {
  const client = createClient({ url: nodeUrl });
  await client.login(person);
  return { client, following: client.chat(chatId).follow(() => undefined) };
};

test('stores every acknowledged message once and in order, whatever is killed', async () => {
  const traffic = steadyTraffic({
    nodeUrls: cluster.nodes.map(({ url }) => url),
    person: people[0] as Person,
    chatId,
    perSecond: PER_SECOND,
  });
  const readers = await Promise.all(cluster.nodes.map(({ url }, n) => keepOpen(url, people[n + 1] as Person)));
  await untilMore(traffic);
  for (const victim of [cluster.nodes[0], cluster.workers[0], redis, postgres]) {
    await victim?.kill();
    await victim?.restart();
    await untilMore(traffic);
  }
  await traffic.finish();
  expect(traffic.refused).toEqual([]);

  const acknowledged = new Map(traffic.acknowledged.map(({ clientId, seq }) => [clientId, seq]));
  const rows = await until(
    async () => {
      const stored = await rowsOf();
      return stored.length >= acknowledged.size ? stored : null;
    },
    { withinMs: 60_000, what: 'every acknowledged message in PostgreSQL' },
  );
  expect(rows).toHaveLength(acknowledged.size);
  expect(new Map(rows.map(({ clientId, seq }) => [clientId, seq]))).toEqual(acknowledged);
  expect(rows.map(({ ordinal }) => ordinal)).toEqual(rows.map((_, n) => n + 1));
  const fresh = await snapshot();
  expect(fresh).toEqual(rows.map(({ clientId }) => clientId));
  for (const { client, following } of readers) {
    const shown = () => following.state().timeline?.messages.map(({ clientId }) => clientId) ?? [];
    await until(() => shown().at(-1) === fresh.at(-1), { withinMs: 30_000, what: 'a reader to be level' });
    expect(shown().length).toBeGreaterThan(0);
    expect(shown()).toEqual(fresh.slice(-shown().length));
    following.stop();
    client.close();
  }
}, 300_000);
