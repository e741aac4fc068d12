import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/platform/db/client.ts';
import { type Client, createClient, type Following } from '../../src/sdk/index.ts';
import { makeUsers } from '../domains/social/support/rows.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';

/** The client against real nodes, a real worker and real databases. */
let cluster: Cluster;
let databaseUrl: string;
let clients: Client[];
let chatId: string;

beforeAll(async () => {
  databaseUrl = await freshDatabase();
  cluster = await startCluster({ databaseUrl, redisUrl: await freshRedis(), nodes: 3 });
  clients = cluster.nodes.map(({ url }) => createClient({ url }));
  await Promise.all(
    clients.map(async (client, index) => {
      const username = `someone.${index}`;
      const names = { firstName: 'Some', lastName: `One ${index}` };
      await client.register({ email: `${username}@example.org`, username, password: 'long enough', ...names });
      await client.online();
    }),
  );
  const memberIds = clients.slice(1).map((client) => client.userId() ?? '');
  chatId = (await client(0).call('chat.open', { kind: 'GROUP', title: 'All of us', memberIds })).id;
}, 60_000);

afterAll(async () => {
  for (const each of clients ?? []) each.close();
  await cluster?.stop();
});

const client = (index: number): Client => {
  const found = clients[index];
  if (!found) throw new Error(`there is no client ${index}`);
  return found;
};

const follow = async (index: number): Promise<Following> => {
  const following = client(index)
    .chat(chatId)
    .follow(() => undefined);
  await until(() => following.state().chat);
  return following;
};

/** People who exist and never come. */
const clusterUsers = async (count: number): Promise<string[]> => {
  const database = openDatabase(databaseUrl, 1);
  const ids = await makeUsers(database, count);
  await database.$disconnect();
  return ids;
};

/** What a fresh snapshot shows, as seen by one of them. */
const snapshot = async (index: number) => (await client(index).call('chat.history', { chatId, limit: 100 })).items;

const agrees = (index: number, following: Following): Promise<void> =>
  vi.waitFor(
    async () => {
      const fresh = await snapshot(index);
      const shown = following.state().timeline?.messages ?? [];
      expect(sorted(shown.slice(-fresh.length))).toEqual(sorted(fresh));
    },
    { timeout: 10_000, interval: 50 },
  );

/** Own reactions have no order. */
const sorted = <M extends { mine: string[] }>(messages: readonly M[]): M[] =>
  messages.map((message) => ({ ...message, mine: message.mine.toSorted() }));

test('a message is acknowledged, then durable, and then gone from the outbox', async () => {
  const { accepted, durable } = client(0).chat(chatId).send('first');
  expect(await accepted).toMatchObject({ seq: expect.any(Number), duplicate: false });
  await durable;
  expect(client(0).outbox.entries(chatId)).toEqual([]);
});

test('what entries make of a snapshot is what a fresh one shows, reactions, edits and deletions included', async () => {
  const followings = await Promise.all([follow(0), follow(1)]);
  const { seq } = await client(0).chat(chatId).send('to be changed').accepted;
  const other = await client(1).chat(chatId).send('to be deleted').accepted;
  await client(0).chat(chatId).edit({ seq }, 'changed');
  await followings[1].react(seq, '🔥', true);
  await followings[0].react(seq, '🔥', true);
  await followings[0].react(seq, '🎉', true);
  await followings[1].react(seq, '🔥', false);
  await followings[0].react(other.seq, '👍', true);
  await client(1).chat(chatId).delete({ seq: other.seq });
  await client(2).chat(chatId).read(other.seq);
  for (const [index, following] of followings.entries()) await agrees(index, following);
  const reader = client(2).userId() ?? '';
  await until(() => (followings[0].state().timeline?.readTo[reader] ?? 0) >= other.seq);
  for (const following of followings) following.stop();
});

test('killing nodes and the worker under three writers loses nothing, doubles nothing and keeps each one’s order', async () => {
  const followings = await Promise.all([follow(0), follow(1), follow(2)]);
  const said = clients.map(() => [] as string[]);
  const sendings = clients.map(() => [] as Promise<unknown>[]);
  const speak = (index: number, count: number): void => {
    for (let number = 0; number < count; number += 1) {
      const sending = client(index).chat(chatId).send(`${index}: ${said[index]?.length}`);
      said[index]?.push(sending.clientId);
      sendings[index]?.push(sending.durable);
    }
  };
  const [first, , third] = cluster.nodes;
  for (let round = 0; round < 5; round += 1) {
    for (const index of clients.keys()) speak(index, 5);
    if (round === 1) await first?.kill();
    if (round === 2) await cluster.workers[0]?.kill();
    if (round === 3) await Promise.all([first?.restart(), cluster.workers[0]?.restart(), third?.stop()]);
  }
  await third?.restart();
  await Promise.all(sendings.flat());
  const all = await snapshot(1);
  for (const own of said) {
    expect(all.map(({ clientId }) => clientId).filter((id) => own.includes(id))).toEqual(own);
  }
  for (const [index, following] of followings.entries()) await agrees(index, following);
  for (const following of followings) following.stop();
}, 60_000);

test('a refresh token renews the session once, and a repeat whose answer was lost gets the same pair', async () => {
  const url = cluster.nodes[0]?.url ?? '';
  const first = await client(1).call('session.login', { email: 'someone.0@example.org', password: 'long enough' });
  const renew = (refreshToken: string, idempotencyKey: string) =>
    client(1).call('session.renew', { refreshToken }, { idempotencyKey });
  const second = await renew(first.refreshToken, 'the key of the first renewal');
  expect(await renew(first.refreshToken, 'the key of the first renewal')).toEqual(second);
  const held = createClient({ url, accessToken: second.accessToken, refreshToken: second.refreshToken });
  await held.start();
  await held.online();
  // The session is alive: nothing of this looked like a stolen token.
  expect(await held.call('profile.me')).toMatchObject({ username: 'someone.0' });
  await held.logout();
});

test('signing out elsewhere ends the session here', async () => {
  const url = cluster.nodes[1]?.url ?? '';
  const [here, there] = [createClient({ url }), createClient({ url: cluster.nodes[0]?.url ?? '' })];
  const input = { email: 'someone.0@example.org', password: 'long enough' };
  await Promise.all([here.login(input), there.login(input)]);
  const { sessionId } = await here.online();
  await there.call('session.revoke', { sessionId });
  await until(() => here.status().phase === 'signedOut');
  expect(here.userId()).toBeNull();
  await there.logout();
});

test('reading on one device is told to the others, in a chat too large to name its readers', async () => {
  const ids = await clusterUsers(60);
  const { id } = await client(0).call('chat.open', {
    kind: 'GROUP',
    title: 'A crowd',
    memberIds: [client(1).userId() ?? '', ...ids],
  });
  const phone = client(1);
  const laptop = createClient({ url: cluster.nodes[2]?.url ?? '' });
  await laptop.login({ email: 'someone.1@example.org', password: 'long enough' });
  const following = laptop.chat(id).follow(() => undefined);
  await until(() => following.state().chat);
  const { seq } = await client(0).chat(id).send('news').accepted;
  const heard = new Promise((resolve) => laptop.on('chat.markedRead', resolve));
  await phone.chat(id).read(seq);
  expect(await heard).toEqual({ chatId: id, seq });
  expect(following.state().timeline?.readTo[phone.userId() ?? '']).toBe(seq);
  laptop.close();
});

test('news of a chat that one does not watch are told, and of one that one watches are not', async () => {
  const memberIds = [client(1).userId() ?? ''];
  const open = async (title: string) => (await client(0).call('chat.open', { kind: 'GROUP', title, memberIds })).id;
  const [watched, other] = [await open('Watched'), await open('Another')];
  const news: { chatId: string; lastMessage: { preview: string; ordinal: number } }[] = [];
  const stop = client(1).on('chat.activity', (data) => news.push(data));
  const following = client(1)
    .chat(watched)
    .follow(() => undefined);
  await until(() => following.state().chat);
  await client(0).chat(watched).send('seen here').durable;
  await client(0).chat(other).send('one').durable;
  await client(0).chat(other).send('two').durable;
  await vi.waitFor(() => expect(news.at(-1)?.lastMessage).toMatchObject({ preview: 'two', ordinal: 2 }), 20_000);
  expect(news.map(({ chatId: from }) => from)).not.toContain(watched);
  expect(await client(1).call('chat.unread')).toMatchObject({ messages: expect.any(Number) });
  following.stop();
  stop();
});
