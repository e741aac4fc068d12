import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { LoadReport } from '../../load/report/contract.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
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
  let run = onceItRuns;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      told += text;
      if (!PROGRESS.test(told)) return;
      run?.(child);
      run = undefined;
    });
  }
  const [code] = (await once(child, 'close')) as [number];
  return { code, told, report: () => LoadReport.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))) };
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
  beforeAll(async () => {
    cluster = await startCluster({ databaseUrl: await freshDatabase(), redisUrl: await freshRedis(), nodes: 2 });
    return () => cluster.stop();
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

  test('sells no seat twice', async () => {
    const { url = '' } = cluster.nodes[0] ?? {};
    const { code, report } = await load(['--url', url, '--scenario', 'on-sale', '--users', '8', '--seconds', '1']);
    expect(report().target.notes.join(' ')).toMatch(/seatsHeld 2/);
    expect(countOf(report(), 'oversold')).toBe(0);
    expect(code).toBe(0);
  });
});
