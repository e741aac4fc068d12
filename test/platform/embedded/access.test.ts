import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { migrate } from '../../../src/platform/db/migrate.ts';
import { startPostgres, stopPostgres } from '../../../src/platform/embedded/postgres.ts';
import { commandLine } from '../../../src/platform/embedded/processes.ts';
import { projectPath } from '../../../src/platform/embedded/project-paths.ts';
import { startRedis, stopRedis } from '../../../src/platform/embedded/redis.ts';
import { copyCluster, pristineFolder } from '../../support/pristine-cluster.ts';
import { makeServerFolder } from '../../support/run-folder.ts';

const onProgress = (): void => {};
let dataDir: string;

const passwordFile = (): string => join(dataDir, 'password');
const modeOf = (path: string): number => statSync(path).mode & 0o777;
/** Under root other accounts have to get through, but may not look around. */
const CLOSED = process.getuid?.() === 0 ? 0o711 : 0o700;

describe('PostgreSQL', () => {
  beforeEach(() => {
    dataDir = makeServerFolder(inject('runFolder'), 'postgres');
  });
  afterEach(() => stopPostgres(dataDir));

  const start = () => startPostgres({ dataDir, settings: { fsync: 'off' }, onProgress });

  const ask = async (url: string, sql: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };

  const as = (url: string, change: Partial<Pick<URL, 'username' | 'password' | 'pathname'>>): string =>
    Object.assign(new URL(url), { pathname: '/postgres', ...change }).href;

  const isRefused = async (url: string): Promise<void> => {
    for (const change of [{ password: '' }, { password: 'guess' }, { username: 'postgres', password: '' }]) {
      await expect(ask(as(url, change), 'SELECT 1'), JSON.stringify(change)).rejects.toThrow(/password|authentication/);
    }
  };

  test('of a new folder asks for a password, and gives a role that migrates but commands no programs', async () => {
    const server = await start();
    await isRefused(server.url);
    await migrate({ databaseUrl: server.url, migrationsDir: projectPath('prisma/migrations') });
    const [role] = await ask(
      server.url,
      'SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user',
    );
    expect(role).toEqual({ rolsuper: false, rolcreaterole: false, rolbypassrls: false });
    await expect(ask(server.url, "COPY (SELECT 1) TO PROGRAM 'id'")).rejects.toThrow('permission denied');
    await expect(ask(server.url, "SELECT pg_read_file('/etc/passwd')")).rejects.toThrow('permission denied');
    expect([modeOf(dataDir), modeOf(passwordFile()), modeOf(join(dataDir, 'cluster'))]).toEqual([CLOSED, 0o600, 0o700]);
    expect(commandLine(server.pid)).not.toContain(readFileSync(passwordFile(), 'utf8').trim());
  }, 60_000);

  test('of a folder that let in everybody is closed, also while its server runs', async () => {
    copyCluster(pristineFolder(inject('runFolder')), dataDir);
    const rules = join(dataDir, 'cluster', 'pg_hba.conf');
    const openUp = (): void => writeFileSync(rules, 'local all all trust\nhost all all 127.0.0.1/32 trust\n');
    openUp();
    const first = await start();
    await isRefused(first.url);
    openUp();
    const second = await start();
    expect(second.pid).not.toBe(first.pid);
    await isRefused(second.url);
    expect(await ask(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('Redis', () => {
  beforeEach(() => {
    dataDir = makeServerFolder(inject('runFolder'), 'redis');
  });
  afterEach(() => stopRedis(dataDir));

  const ask = async (url: string, command: string, ...args: string[]): Promise<unknown> => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: null });
    client.on('error', () => {});
    try {
      return await client.call(command, ...args);
    } finally {
      client.disconnect();
    }
  };
  const without = (url: string): string => Object.assign(new URL(url), { password: '' }).href;
  const isRefused = (url: string) => expect(ask(without(url), 'GET', 'a')).rejects.toThrow('NOAUTH');

  test('asks for a password that no command line shows', async () => {
    const server = await startRedis({ dataDir, appendOnly: 'no', onProgress });
    await isRefused(server.url);
    expect(await ask(server.url, 'PING')).toBe('PONG');
    expect([modeOf(dataDir), modeOf(passwordFile()), modeOf(join(dataDir, 'access.conf'))]).toEqual([
      CLOSED,
      0o600,
      0o600,
    ]);
    expect(commandLine(server.pid)).not.toContain(readFileSync(passwordFile(), 'utf8').trim());
  });

  test('that runs and lets in everybody is closed when it is adopted', async () => {
    const first = await startRedis({ dataDir, appendOnly: 'no', onProgress });
    await ask(first.url, 'CONFIG', 'SET', 'requirepass', '');
    const second = await startRedis({ dataDir, appendOnly: 'no', onProgress });
    expect(second).toMatchObject({ pid: first.pid, adopted: true });
    await isRefused(second.url);
    expect(await ask(second.url, 'PING')).toBe('PONG');
  });
});
