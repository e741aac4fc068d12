import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FOR_EMAIL } from '../../src/domains/identity/session/guessing.ts';
import { createFailures } from '../../src/platform/failures.ts';
import { newId } from '../../src/platform/ids.ts';
import { type Client, type ClientStorage, createClient, memoryStorage } from '../../src/sdk/index.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { until } from '../support/until.ts';

let cluster: Cluster;
let mail: MailServer;
let redis: Redis;
const clients: Client[] = [];

beforeAll(async () => {
  mail = await startMailServer();
  const redisUrl = await freshRedis();
  redis = new Redis(redisUrl);
  const environment = { MAIL_URL: mail.url, ENCRYPTION_KEY: randomBytes(32).toString('base64') };
  cluster = await startCluster({ databaseUrl: await freshDatabase(), redisUrl, nodes: 1, workers: 1, environment });
}, 60_000);
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  redis?.disconnect();
  await cluster?.stop();
  await mail?.stop();
});

const clientWith = (storage: ClientStorage): Client => {
  const client = createClient({ url: cluster.nodes[0]?.url ?? '', storage });
  clients.push(client);
  return client;
};
const somebody = () => {
  const username = `u${newId().replaceAll('-', '').slice(-20)}`;
  return {
    ...{ username, email: `${username}@example.org`, password: `secret ${username}` },
    ...{ firstName: 'Some', lastName: 'Body' },
  };
};
/** As if others had guessed from everywhere for an hour. */
const guessed = async (email: string): Promise<void> => {
  const failures = createFailures(redis);
  await Promise.all(Array.from({ length: FOR_EMAIL.limit }, () => failures.begin(FOR_EMAIL, email)));
};

test('who guesses a password from everywhere keeps its owner out of new devices, not of their own', async () => {
  const storage = memoryStorage();
  const { email, password, ...names } = somebody();
  const first = clientWith(storage);
  const { id } = await first.register({ email, password, ...names });
  await first.logout();
  await guessed(email);
  await expect(clientWith(memoryStorage()).login({ email, password })).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  const again = clientWith(storage);
  expect(await again.start()).toBe(false);
  expect(await again.login({ email, password })).toMatchObject({ id });
  // Without signing out, the device is as well known.
  again.close();
  expect(await clientWith(storage).login({ email, password })).toMatchObject({ id });
});

test('the token of whoever was signed in before lets nobody else in', async () => {
  const [mine, theirs] = [memoryStorage(), somebody()];
  await clientWith(memoryStorage()).register(theirs);
  const other = clientWith(mine);
  await other.register(somebody());
  await other.logout();
  const { email, password } = theirs;
  await guessed(email);
  await expect(clientWith(mine).login({ email, password })).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('registering tells which proof was begun, and the code that was mailed ends it', async () => {
  const person = somebody();
  const client = clientWith(memoryStorage());
  const { verification } = await client.register(person);
  const letter = await until(() => mail.letters.find(({ to }) => to === person.email), { what: 'the letter' });
  const [, code = ''] = /code is (\d{6})/.exec(letter.text) ?? [];
  await client.call('verification.confirm', { verificationId: verification.verificationId, code });
  expect(await client.call('profile.me')).toMatchObject({ emailVerified: true });
});
