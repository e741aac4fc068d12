import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { LoadReport } from '../../load/report/contract.ts';
import { openDatabase } from '../../src/platform/db/client.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { register } from '../support/people.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { type FaultyServer, startFaultyServer } from './fixture/faulty-server.ts';

interface Ended {
  code: number;
  told: string;
  report: () => LoadReport;
}

/** Runs the tool as a user does. */
const load = async (args: string[], onceItRuns?: (child: ReturnType<typeof spawn>) => void): Promise<Ended> => {
  const folder = join(scratchFolder(), 'report');
  const child = spawn(process.execPath, ['--import', 'tsx', projectPath('load/run.ts'), ...args, '--report', folder]);
  let told = '';
  let asked = onceItRuns;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      told += text;
      if (!PROGRESS.test(told)) return;
      asked?.(child);
      asked = undefined;
    });
  }
  const [code] = (await once(child, 'close')) as [number];
  return { code, told, report: () => LoadReport.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))) };
};

/** Runs one of the commands beside the tool. */
const run = async (file: string, args: string[], env: Record<string, string>) => {
  const options = { env: { ...process.env, ...env } };
  const child = spawn(process.execPath, ['--import', 'tsx', projectPath(file), ...args], options);
  let told = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      told += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number];
  return { code, told };
};

/** Some seconds of it, with all eight users there. */
const PROGRESS = /\n +\d+ +8 +\d+[^\n]*\n +\d+ +8 +\d+/;
const BARE = [
  '--adapter',
  'bench/bare/load-adapter.ts',
  '--users',
  '8',
  '--room',
  '4',
  '--think',
  '0.1',
  '--ramp',
  '0',
];
const countOf = (report: LoadReport, name: string): number | undefined =>
  report.correctness.find((each) => each.name === name)?.count;

let server: FaultyServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

describe('a server that does wrong', () => {
  test('is found to lose and to double, and the run fails', async () => {
    server = await startFaultyServer((message, receiver) => {
      if (receiver === 1 && message % 5 === 0) return 'never';
      return receiver === 1 && message % 7 === 0 ? 'twice' : 'once';
    });
    const { code, told, report } = await load(['--url', server.url, '--seconds', '2', ...BARE]);
    expect(code).toBe(1);
    expect(told).toMatch(/Lost: \d/);
    expect(countOf(report(), 'lost')).toBeGreaterThan(0);
    expect(countOf(report(), 'doubled')).toBeGreaterThan(0);
    expect(report().totals.sent).toBe(report().totals.acknowledged);
  });

  test('is told that it passed when it does right, and failed when it was expected to be quicker', async () => {
    server = await startFaultyServer(() => 'once');
    const good = await load(['--url', server.url, '--seconds', '1', ...BARE, '--expect', 'lost=0,connections=8']);
    expect([good.code, good.report().verdict.isGood]).toEqual([0, true]);
    const slow = await load(['--url', server.url, '--seconds', '1', ...BARE, '--expect', 'delivery.p50<0ms']);
    expect(slow.code).toBe(1);
    expect(slow.report().expectations).toMatchObject([{ text: 'delivery.p50<0ms', isMet: false }]);
  });

  test('that goes away leaves a report of what was seen till then', async () => {
    server = await startFaultyServer(() => 'once');
    const { url } = server;
    const ended = await load(['--url', url, '--seconds', '4', ...BARE], () => void server?.stop());
    expect(ended.code).toBe(1);
    expect(ended.report().totals.connectionsLost).toBeGreaterThanOrEqual(8);
    expect(ended.report().totals.sent).toBeGreaterThan(0);
  });
});

test('Ctrl-C ends it in order, with a report', async () => {
  server = await startFaultyServer(() => 'once');
  const { code, told, report } = await load(['--url', server.url, '--seconds', '600', ...BARE], (child) => {
    child.kill('SIGINT');
  });
  expect(code).toBe(1);
  expect(told).toContain('ending in order');
  expect(report()).toMatchObject({ isInterrupted: true });
  expect(countOf(report(), 'lost')).toBe(0);
});

test.each([
  [['--count', '2', '--url', 'http://127.0.0.1:9', '--email', 'a@b.example'], /^No server answers at \S+: .*\n$/, 1],
  [['--count', 'many', '--email', 'a@b.example'], /--count: "many"/, 2],
])('load:accounts says what is wrong with %j in one sentence', async (args, sentence, expected) => {
  const { code, told } = await run('load/accounts.ts', args, { RALLY_PASSWORD: 'x' });
  expect(told).toMatch(sentence);
  expect(code).toBe(expected);
});

test.each([
  [['--url', 'http://127.0.0.1:9'], /No server answers at http:\/\/127\.0\.0\.1:9/, 1],
  [['--users', 'many'], /--users: "many"/, 2],
  [['--expect', 'speed=9'], /speed/, 2],
  [['--adapter', 'no/such/file.ts'], /--adapter: no\/such\/file\.ts cannot be loaded/, 1],
])('says what is wrong with %j in one sentence', async (args, sentence, expected) => {
  const { code, told } = await load(args);
  expect(code).toBe(expected);
  expect(told).toMatch(sentence);
  expect(told).not.toMatch(/^\s+at /m);
});

describe('Rally', () => {
  let cluster: Cluster;
  let databaseUrl: string;
  beforeAll(async () => {
    databaseUrl = await freshDatabase();
    cluster = await startCluster({ databaseUrl, redisUrl: await freshRedis(), nodes: 2 });
    return () => cluster.stop();
  });

  test('runs with the accounts that load:accounts made, and is without a trace of them when they are removed', async () => {
    const urls = cluster.nodes.map(({ url }) => url);
    const database = openDatabase(databaseUrl, 1);
    const admin = await register(urls[0] ?? '');
    const before = await database.user.count();
    const file = join(scratchFolder(), 'accounts.json');
    const to = ['--url', urls[0] ?? '', '--file', file, '--email', admin.email];
    const accounts = (args: string[], password = admin.password) =>
      run('load/accounts.ts', [...args, ...to], { RALLY_PASSWORD: password });
    expect(await accounts(['--list'])).toEqual({
      code: 1,
      told: expect.stringMatching(/^\S+ is no ADMIN at \S+\.\n$/),
    });
    await database.user.update({ where: { id: admin.id }, data: { role: 'ADMIN' } });
    expect(await accounts(['--list'], 'not this one')).toEqual({
      code: 1,
      told: expect.stringMatching(/^Nobody signs in to \S+ as \S+ with this password\.\n$/),
    });

    expect(await accounts(['--count', '10'])).toMatchObject({ code: 0, told: expect.stringContaining('making 10') });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    // The first seconds of a session that ends soon: it is renewed, and the file knows.
    const ended = readFileSync(file, 'utf8').replace(
      /"expiresAt":"[^"]*"/,
      `"expiresAt":"${new Date().toISOString()}"`,
    );
    writeFileSync(file, ended);
    const users = ['--users', '12', '--room', '6', '--think', '0.3', '--seconds', '2', '--expect', 'lost=0'];
    const loaded = await load(['--url', urls.join(','), '--accounts', file, ...users]);
    expect(loaded.told).toContain(`10 accounts of ${file}; renewing the sessions of 1`);
    expect(loaded.told).toContain('registering 2');
    expect(loaded.code).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toContain(/"refreshToken":"([^"]*)"/.exec(ended)?.[1]);

    // Once more: nothing is made, and everybody has a session of today.
    expect((await accounts(['--count', '10'])).told).toMatch(/^signing in 10 .*\n10 test accounts in/);
    expect(await accounts(['--list'])).toMatchObject({ code: 0, told: expect.stringMatching(/^10 test accounts/) });
    expect(await accounts(['--remove'])).toMatchObject({ code: 0, told: expect.stringContaining('removed 10') });
    expect(existsSync(file)).toBe(false);
    // The two who were registered stay, and nothing of the others.
    expect(await database.user.count()).toBe(before + 2);
    expect(await database.user.count({ where: { isTest: true } })).toBe(0);
    expect(await database.deadLetter.count()).toBe(0);
    await database.$disconnect();
  });

  test('loses nothing while half of all connections are cut', async () => {
    const urls = cluster.nodes.map(({ url }) => url).join(',');
    const users = ['--users', '12', '--room', '6', '--think', '0.3', '--seconds', '12'];
    const { code, told, report } = await load(['--url', urls, '--scenario', 'reconnect-storm', ...users]);
    expect(told).toContain('No fault was found');
    expect(code).toBe(0);
    expect(report().totals.connectionsOpened).toBeGreaterThan(12);
    expect(report().server?.lines.length).toBeGreaterThan(0);
  });

  test('lets no ticket in twice', async () => {
    const { url = '' } = cluster.nodes[0] ?? {};
    const { code, told, report } = await load(['--url', url, '--scenario', 'door', '--users', '4', '--seconds', '2']);
    expect(report().target.notes.join(' ')).toMatch(/ADMITTED \d+/);
    expect(countOf(report(), 'admittedTwice')).toBe(0);
    expect(told).toContain('No fault was found');
    expect(code).toBe(0);
  });

  test('sells no seat twice', async () => {
    const { url = '' } = cluster.nodes[0] ?? {};
    const { code, report } = await load(['--url', url, '--scenario', 'on-sale', '--users', '8', '--seconds', '1']);
    expect(report().target.notes.join(' ')).toMatch(/seatsHeld 2/);
    expect(countOf(report(), 'oversold')).toBe(0);
    expect(code).toBe(0);
  });
});
