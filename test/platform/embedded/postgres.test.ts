import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import type { EmbeddedDatabase } from '../../../src/platform/embedded/bring-up.ts';
import { startPostgres, stopPostgres } from '../../../src/platform/embedded/postgres.ts';
import { isAlive } from '../../../src/platform/embedded/processes.ts';
import { SetupError } from '../../../src/platform/embedded/setup-error.ts';
import { copyCluster, pristineFolder } from '../../support/pristine-cluster.ts';
import { makeServerFolder } from '../../support/run-folder.ts';
import { runStarter } from './fixtures/run-starter.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = makeServerFolder(inject('runFolder'), 'postgres');
});
afterEach(() => stopPostgres(dataDir));

const start = (folder = dataDir): Promise<EmbeddedDatabase> =>
  startPostgres({ dataDir: folder, settings: { fsync: 'off' }, onProgress: () => {} });

/** The folder with a cluster in it, as a clean stop leaves it. */
const withCluster = (folder = dataDir): string => {
  copyCluster(pristineFolder(inject('runFolder')), folder);
  return folder;
};

const query = async (server: { url: string }, sql: string): Promise<unknown[]> => {
  const url = new URL(server.url);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const lockFile = (): string => join(dataDir, 'cluster', 'postmaster.pid');

describe('a data folder', () => {
  test('keeps its rows and its port from one start to the next', async () => {
    const first = await start(withCluster());
    await query(first, "CREATE TABLE kept AS SELECT 'still here' AS word");
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start();
    expect(second).toMatchObject({ url: first.url, adopted: false });
    expect(await query(second, 'SELECT word FROM kept')).toEqual([{ word: 'still here' }]);
  });

  test('tells letters beyond ASCII from other characters', async () => {
    const server = await start(withCluster());
    expect(await query(server, "SELECT lower('É') AS lower, 'ж' ~ '[[:alpha:]]' AS letter")).toEqual([
      { lower: 'é', letter: true },
    ]);
  });

  test('listens on 127.0.0.1 alone', async () => {
    const server = await start(withCluster());
    expect(await query(server, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(server.port).toBeLessThan(32_768);
  });

  test('takes another port where the one it had is in use', async () => {
    const first = await start(withCluster());
    await first.stop();
    const other = await startPostgres({
      dataDir: withCluster(makeServerFolder(inject('runFolder'), 'postgres')),
      port: first.port,
      settings: { fsync: 'off' },
      onProgress: () => {},
    });
    const second = await start();
    expect(second.port).not.toBe(first.port);
    await other.stop();
  });
});

describe('after a kill -9', () => {
  test('of the server, what was committed is there and nobody has to clean up', async () => {
    const first = await startPostgres({ dataDir: withCluster(), onProgress: () => {} });
    await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(first.pid, 'SIGKILL');
    await first.ended();

    const second = await start();
    expect(second).toMatchObject({ port: first.port, adopted: false });
    expect(await query(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('of the starter, the server is adopted', async () => {
    const starter = runStarter('postgres', withCluster());
    const left = await starter.started;
    await starter.kill();
    expect(isAlive(left.pid)).toBe(true);

    const adopted = await start();
    expect(adopted).toMatchObject({ pid: left.pid, port: left.port, url: left.url, adopted: true });
    await adopted.stop();
    expect(isAlive(left.pid)).toBe(false);
  });

  test('of the starter while it makes the cluster, the next start makes a whole one', async () => {
    const starter = runStarter('postgres', dataDir);
    await vi.waitFor(() => expect(drafts()).toHaveLength(1), { timeout: 20_000, interval: 5 });
    await starter.kill();
    expect(existsSync(join(dataDir, 'cluster'))).toBe(false);

    const server = await start();
    expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(drafts()).toEqual([]);
  });

  const drafts = (): string[] => readdirSync(dataDir).filter((name) => name.includes('draft'));
});

describe('a lock file that lies', () => {
  test('about a process that is gone is overcome', async () => {
    const gone = spawn('true');
    await new Promise((resolve) => gone.once('exit', resolve));
    withCluster();
    writeLockFile(gone.pid);
    expect(await start()).toMatchObject({ adopted: false });
  });

  test('about a process that is somebody else leaves that one alone', async () => {
    const stranger = spawn('sleep', ['60']);
    withCluster();
    writeLockFile(stranger.pid);
    const server = await start();
    expect(server.adopted).toBe(false);
    await server.stop();
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
  });

  test('about another PostgreSQL neither adopts nor stops it', async () => {
    const otherDir = withCluster(makeServerFolder(inject('runFolder'), 'postgres'));
    const other = await start(otherDir);
    withCluster();
    cpSync(join(otherDir, 'cluster', 'postmaster.pid'), lockFile());

    const server = await start();
    expect(server.adopted).toBe(false);
    expect(server.pid).not.toBe(other.pid);
    await server.stop();
    expect(await query(other, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await other.stop();
  });

  const writeLockFile = (pid: number | undefined): void =>
    writeFileSync(lockFile(), `${pid}\n${dataDir}/cluster\n1700000000\n25000\n\n127.0.0.1\n\nready   \n`);
});

test('several starters at once end up with one server', async () => {
  const servers = await Promise.all([start(), start(), start()]);
  expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
  expect(servers.filter(({ adopted }) => !adopted)).toHaveLength(1);
});

describe('says in one sentence what to do', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('where the programs cannot be found', async () => {
    vi.stubEnv('PG_BIN_DIR', '/nowhere');
    const failure = await start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SetupError);
    expect(String(failure)).toContain('PG_BIN_DIR=/nowhere holds no PostgreSQL');
  });

  test('where the data were made by a version that is not here', async () => {
    withCluster();
    writeFileSync(join(dataDir, 'cluster', 'PG_VERSION'), '99\n');
    await expect(start()).rejects.toThrow(
      /was made by PostgreSQL 99, which is not here: install it, or set PG_BIN_DIR/,
    );
  });

  test('where the server ends at once, with its own last words', async () => {
    const started = startPostgres({
      dataDir: withCluster(),
      settings: { shared_buffers: 'nonsense' },
      onProgress: () => {},
    });
    await expect(started).rejects.toThrow(/ended while starting, and .*server\.log says[\s\S]*shared_buffers/);
    expect(readFileSync(join(dataDir, 'server.log'), 'utf8')).toContain('shared_buffers');
  });
});
