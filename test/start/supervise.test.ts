import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { isAlive } from '../../src/platform/embedded/processes.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import {
  makeDataFolder,
  makeFilledDataFolder,
  type NotedLife,
  runSupervisor,
  type Supervisor,
} from './fixtures/run-supervisor.ts';

// Each test starts half a dozen processes and two databases, some of them twice.
vi.setConfig({ testTimeout: 90_000 });
const PATIENT = { timeout: 20_000, interval: 20 };
const NAMES = ['node-1', 'node-2', 'worker'];

let migrationsDir: string;
let dataDir: string;
let running: Supervisor[] = [];

beforeAll(() => {
  migrationsDir = scratchFolder();
  mkdirSync(join(migrationsDir, '1_first'));
  writeFileSync(join(migrationsDir, '1_first', 'migration.sql'), 'CREATE TABLE supervised_notes (text text);');
});
beforeEach(() => {
  dataDir = makeFilledDataFolder();
});
afterEach(async () => {
  await Promise.all(running.map((supervisor) => supervisor.end('SIGTERM')));
  running = [];
});

const start = async (environment: NodeJS.ProcessEnv = {}): Promise<Supervisor> => {
  const supervisor = await runSupervisor(dataDir, { MIGRATIONS_DIR: migrationsDir, ...environment });
  running.push(supervisor);
  return supervisor;
};
const startReady = async (environment: NodeJS.ProcessEnv = {}): Promise<Supervisor> => {
  const supervisor = await start(environment);
  await supervisor.line('rally: ready');
  return supervisor;
};

interface Answer {
  readonly name: string;
  readonly pid: number;
  readonly environment: Record<string, string>;
}
const ask = async (port: number): Promise<Answer> => {
  const response = await fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } });
  // The fake main answers with nothing else.
  return (await response.json()) as Answer;
};

const lives = (supervisor: Supervisor, name: string, what: NotedLife['what'] = 'ready'): number[] =>
  supervisor
    .lives()
    .filter((life) => life.name === name && life.what === what)
    .map(({ pid }) => pid);
const pidIn = (line: string): number => Number(/pid (\d+)/.exec(line)?.[1]);

test('starts databases, nodes and worker, says what runs where, and ends them in order', async () => {
  dataDir = makeDataFolder();
  const supervisor = await startReady();
  for (const name of ['postgres', 'redis', ...NAMES])
    expect(await supervisor.line(`${name}: pid`)).toMatch(/pid \d+, /);
  const [shared, first, second] = await Promise.all([0, 1, 2].map((offset) => ask(supervisor.port + offset)));
  expect(NAMES).toContain(shared?.name);
  expect([first?.name, second?.name]).toEqual(['node-1', 'node-2']);
  expect(await supervisor.end('SIGTERM')).toBe(0);

  const order = supervisor.lives().filter(({ what }) => what !== 'ready');
  const lastNode = order.findLastIndex(({ name }) => name.startsWith('node-'));
  expect(order.findIndex(({ name }) => name === 'worker')).toBeGreaterThan(lastNode);
  const stopped = supervisor.lines().filter((line) => line.endsWith(': stopped'));
  expect(stopped.slice(-3)).toEqual(['worker: stopped', 'redis: stopped', 'postgres: stopped']);
  expect(isAlive(pidIn(await supervisor.line('postgres: pid')))).toBe(false);
  expect(isAlive(pidIn(await supervisor.line('redis: pid')))).toBe(false);
});

test('gives its processes databases that are migrated, and secrets that stay the same', async () => {
  const first = await startReady();
  const before = (await ask(first.port + 1)).environment;
  const client = new pg.Client({ connectionString: before.DATABASE_URL });
  await client.connect();
  await client.query("INSERT INTO supervised_notes VALUES ('kept')");
  await client.end();
  expect((await ask(first.port + 2)).environment.SIGNING_KEY).toBe(before.SIGNING_KEY);
  await first.end('SIGTERM');

  const second = await startReady();
  const after = (await ask(second.port + 1)).environment;
  const same = [
    'SIGNING_KEY',
    'ENCRYPTION_KEY',
    'SANDBOX_WEBHOOK_SECRET',
    'VAPID_PRIVATE_KEY',
    'DATABASE_URL',
    'REDIS_URL',
  ];
  expect(same.map((name) => after[name])).toEqual(same.map((name) => before[name]));
  expect(same.map((name) => before[name]?.length ?? 0).every((length) => length > 20)).toBe(true);
  expect(existsSync(join(dataDir, 'supervisor.lock'))).toBe(true);
});

describe('starts again what was killed', () => {
  test('a node and the worker', async () => {
    const supervisor = await startReady();
    for (const name of ['node-1', 'worker']) {
      const [killed = 0] = lives(supervisor, name);
      process.kill(killed, 'SIGKILL');
      await vi.waitFor(() => expect(lives(supervisor, name)).toHaveLength(2), PATIENT);
      await supervisor.line(`${name}: ended by SIGKILL; starting it again`);
    }
    expect((await ask(supervisor.port + 1)).pid).toBe(lives(supervisor, 'node-1')[1]);
    expect(lives(supervisor, 'node-2')).toHaveLength(1);
  });

  test('Redis and PostgreSQL, each on its own files and its own port', async () => {
    const supervisor = await startReady();
    const { DATABASE_URL = '', REDIS_URL = '' } = (await ask(supervisor.port + 1)).environment;
    const redis = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
    redis.on('error', () => {}); // it is killed on purpose
    await redis.set('kept', 'acknowledged');
    for (const name of ['redis', 'postgres']) process.kill(pidIn(await supervisor.line(`${name}: pid`)), 'SIGKILL');
    await vi.waitFor(() => {
      for (const name of ['redis', 'postgres']) {
        expect(supervisor.lines().filter((line) => line.startsWith(`${name}: pid`))).toHaveLength(2);
      }
    }, PATIENT);

    expect(await redis.get('kept')).toBe('acknowledged');
    redis.disconnect();
    const client = new pg.Client({ connectionString: DATABASE_URL });
    await client.connect();
    expect((await client.query('SELECT count(*)::int AS count FROM supervised_notes')).rows).toEqual([{ count: 0 }]);
    await client.end();
    for (const name of NAMES) expect(lives(supervisor, name)).toHaveLength(1);
  });
});

test('killed itself, takes nodes and worker with it, and the next start adopts its databases', async () => {
  const first = await startReady();
  const databases = await Promise.all(
    ['redis', 'postgres'].map(async (name) => pidIn(await first.line(`${name}: pid`))),
  );
  await first.end('SIGKILL');
  const processes = NAMES.flatMap((name) => lives(first, name));
  await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), PATIENT);
  expect(databases.every(isAlive)).toBe(true);

  const second = await startReady();
  for (const [index, name] of ['redis', 'postgres'].entries()) {
    expect(await second.line(`${name}: pid`)).toMatch(new RegExp(`pid ${databases[index]}, .*, found running$`));
  }
  await second.end('SIGTERM');
  expect(databases.filter(isAlive)).toEqual([]);
});

test('asked to stop before everything runs, stops what does', async () => {
  const supervisor = await start();
  await supervisor.line('redis: pid');
  expect(await supervisor.end('SIGTERM')).toBe(0);
  expect(supervisor.lines()).not.toContain(expect.stringContaining('rally: ready'));
  expect(isAlive(pidIn(await supervisor.line('redis: pid')))).toBe(false);
});

test('asked twice to stop, kills what still drains, and closes the databases as carefully as ever', async () => {
  const supervisor = await startReady({ FAKE_HANGS: 'node-1' });
  supervisor.signal('SIGTERM');
  await supervisor.line('node-2: stopped');
  expect(lives(supervisor, 'node-1', 'stopping')).toHaveLength(1);
  expect(await supervisor.end('SIGTERM')).toBe(0);
  expect(lives(supervisor, 'node-1', 'stopped')).toEqual([]);
  expect(supervisor.lines().at(-1)).toBe('postgres: stopped');
});

describe('says in one sentence', () => {
  test('which port is taken', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const address = squatter.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const supervisor = await start({ PORT: String(port) });
    expect(await supervisor.ended()).toBe(1);
    expect(supervisor.lines()).toEqual([
      `failed: Port ${port} is taken: stop the program that listens there, or set PORT to another number`,
    ]);
    squatter.close();
  });

  test('that it already runs on the folder, and leaves the first one running', async () => {
    const first = await startReady();
    const second = await start();
    expect(await second.ended()).toBe(1);
    expect(second.lines()).toEqual([
      expect.stringMatching(/^failed: Rally already runs on .* \(pid \d+\): stop it, or/),
    ]);
    expect((await ask(first.port)).pid).toBeGreaterThan(0);
  });

  test('which process never gets ready, after showing its own words', async () => {
    const supervisor = await start({ FAKE_FAILS: 'node-2' });
    expect(await supervisor.ended()).toBe(1);
    expect(supervisor.lines()).toContain('node-2: the fake main fails on purpose');
    expect(supervisor.lines().at(-1)).toBe(
      'failed: node-2 does not start, it ended with code 3: its lines above say why',
    );
    expect(isAlive(pidIn(await supervisor.line('postgres: pid')))).toBe(false);
  });

  test('that the demo data could not be loaded', async () => {
    const seedPath = join(dataDir, 'seed.mjs');
    writeFileSync(seedPath, 'console.log("seeding " + process.env.DATABASE_URL); process.exit(2);');
    const supervisor = await start({ SEED_PATH: seedPath });
    expect(await supervisor.ended()).toBe(1);
    expect(await supervisor.line('seed: seeding postgresql://')).toContain('/rally');
    expect(supervisor.lines().at(-1)).toBe('failed: The demo data could not be loaded: it ended with code 2');
  });
});

test('with the URLs of other databases embeds nothing, and two may run side by side', async () => {
  const external = { DATABASE_URL: await freshDatabase(), REDIS_URL: await freshRedis() };
  const [first, second] = [await startReady(external), await startReady(external)];
  const environments = await Promise.all([first, second].map(async ({ port }) => (await ask(port + 1)).environment));
  for (const environment of environments) expect(environment).toMatchObject(external);
  expect(environments[0]?.SIGNING_KEY).toBe(environments[1]?.SIGNING_KEY);
  expect(first.lines().filter((line) => /^(postgres|redis)/.test(line))).toEqual([]);
  expect(await second.end('SIGTERM')).toBe(0);
});

test('loads the demo data before anybody may sign in, and shows the logins', async () => {
  const seedPath = join(dataDir, 'seed.mjs');
  const logins = [{ email: 'ann@example.com', password: 'correct horse' }];
  const write = `fs.writeFileSync(process.env.RALLY_DATA_DIR + '/demo-logins.json', ${JSON.stringify(JSON.stringify(logins))})`;
  writeFileSync(seedPath, `import fs from 'node:fs'; ${write}; console.log('seeded');`);
  const supervisor = await startReady({ SEED_PATH: seedPath });
  await supervisor.line('rally: sign in as ann@example.com with correct horse');
  const lines = supervisor.lines();
  expect(lines.indexOf('seed: seeded')).toBeLessThan(lines.findIndex((line) => line.startsWith('node-')));
  expect(readFileSync(join(dataDir, 'demo-logins.json'), 'utf8')).toContain('ann@');
});
