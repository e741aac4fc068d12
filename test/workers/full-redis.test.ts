import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase } from '../support/databases.ts';
import { type OwnRedis, ownRedis } from '../support/own-servers.ts';
import { ask, connect, http, type Person, register } from '../support/people.ts';
import { until } from '../support/until.ts';

let redis: OwnRedis;
let client: Redis;
let sql: pg.Client;
let cluster: Cluster;
let url: string;
let ann: Person;
let chatId: string;

beforeAll(async () => {
  const databaseUrl = await freshDatabase();
  redis = await ownRedis();
  client = new Redis(redis.url);
  sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  cluster = await startCluster({ databaseUrl, redisUrl: redis.url, nodes: 1, workers: 1 });
  url = cluster.nodes[0]?.url ?? '';
  ann = await register(url);
  const bob = await register(url);
  const chat = await ask<{ id: string }>(connect(url, ann), 'chat.open', { kind: 'DIRECT', memberIds: [bob.id] });
  chatId = chat.id;
});

afterAll(async () => {
  await cluster?.stop();
  client?.disconnect();
  await sql?.end();
  await redis?.stop();
});

const post = (path: string, body: object) => http(`${url}/v1${path}`, { token: ann.token, body });
const say = (body: string) => post(`/chats/${chatId}/messages`, { clientId: newId(), body });
const stored = async (): Promise<string[]> =>
  (await sql.query('SELECT body FROM messages WHERE chat_id = $1 ORDER BY seq', [chatId])).rows.map(({ body }) => body);
const usedBytes = async (): Promise<number> => {
  const info = await client.info('memory');
  const bytes = (field: string) => Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(info)?.[1]);
  return bytes('used_memory') - bytes('mem_not_counted_for_evict');
};
const limitTo = async (bytes: number) => client.config('SET', 'maxmemory', Math.round(bytes));
const ready = async () => (await fetch(`${url}/readyz`)).json() as Promise<{ status: string; checks: object }>;

test('near its limit appends are refused, and all else goes on', async () => {
  expect((await say('before')).status).toBe(200);
  await limitTo((await usedBytes()) / 0.93);
  await until(async () => (await ready()).status === 'unready', { what: 'a node that says that Redis is nearly full' });
  expect((await ready()).checks).toMatchObject({ 'redis.log': 'up', 'redis.memory': 'full' });
  const refused = await say('refused');
  expect(refused.status).toBe(503);
  expect(refused.body).toMatchObject({ code: 'OVERLOADED', retryable: true, retryAfterMs: 5_000 });
  expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^rally_redis_memory_share 0\.9/m);
  expect((await http(`${url}/v1/chats/${chatId}/messages`, { token: ann.token })).status).toBe(200);
  expect((await post('/auth/login', { email: ann.email, password: ann.password })).status).toBe(200);
  await limitTo(0);
  await until(async () => (await ready()).status === 'ready', { what: 'a node that is ready again' });
});

test('at its limit everything that was accepted is stored, and nothing needs an operator', async () => {
  const worker = cluster.workers[0]?.pid() ?? 0;
  process.kill(worker, 'SIGSTOP');
  for (const body of ['one', 'two', 'three']) expect((await say(body)).status).toBe(200);
  expect(await stored()).not.toContain('three');
  await limitTo((await usedBytes()) / 2);
  await expect(client.set('rally:test:one-more', 'x'.repeat(10_000))).rejects.toThrow(/OOM/);
  process.kill(worker, 'SIGCONT');
  await until(async () => (await stored()).join() === 'before,one,two,three', {
    what: 'every accepted message stored',
  });
  await expect(client.set('rally:test:one-more', 'x'.repeat(10_000))).rejects.toThrow(/OOM/);
  await until(async () => (await say('too much')).status === 503, { what: 'a message that is refused' });
  await limitTo(0);
  await until(async () => (await say('after')).status === 200, { what: 'a message that is accepted again' });
});
