import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { EmbeddedDatabase } from '../../../src/platform/embedded/bring-up.ts';
import { isAlive } from '../../../src/platform/embedded/processes.ts';
import { type RedisOptions, startRedis, stopRedis } from '../../../src/platform/embedded/redis.ts';
import { makeServerFolder } from '../../support/run-folder.ts';
import { runStarter } from './fixtures/run-starter.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = makeServerFolder(inject('runFolder'), 'redis');
});
afterEach(() => stopRedis(dataDir));

const start = (options: Partial<RedisOptions> = {}): Promise<EmbeddedDatabase> =>
  startRedis({ dataDir, onProgress: () => {}, ...options });

const ask = async <T>({ url }: { url: string }, question: (client: Redis) => Promise<T>): Promise<T> => {
  const client = new Redis(url);
  try {
    return await question(client);
  } finally {
    client.disconnect();
  }
};
const put = (server: { url: string }, word: string): Promise<unknown> =>
  ask(server, (client) => client.set('kept', word));
const kept = (server: { url: string }): Promise<string | null> => ask(server, (client) => client.get('kept'));

describe('a data folder', () => {
  test('keeps its keys and its port from one start to the next', async () => {
    const first = await start();
    await put(first, 'still here');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start();
    expect(second).toMatchObject({ url: first.url, adopted: false });
    expect(await kept(second)).toBe('still here');
  });

  test('is served as queues and logs need it', async () => {
    const server = await start({ args: ['--databases', '3'] });
    const names = ['appendonly', 'appendfsync', 'save', 'maxmemory-policy', 'bind', 'databases'];
    const settings = await ask(server, (client) => client.config('GET', ...names));
    expect(settings).toEqual(
      expect.arrayContaining([
        'appendonly',
        'yes',
        'appendfsync',
        'always',
        'save',
        '',
        'maxmemory-policy',
        'noeviction',
      ]),
    );
    expect(settings).toEqual(expect.arrayContaining(['bind', '127.0.0.1', 'databases', '3']));
    expect(server.port).toBeLessThan(32_768);
  });

  test('keeps nothing where nothing is asked for', async () => {
    const first = await start({ appendOnly: 'no' });
    await put(first, 'gone');
    await first.stop();
    expect(await kept(await start({ appendOnly: 'no' }))).toBeNull();
  });
});

describe('after a kill -9', () => {
  test('of the server, what was acknowledged is there', async () => {
    const first = await start();
    await put(first, 'acknowledged');
    process.kill(first.pid, 'SIGKILL');
    await first.ended();

    const second = await start();
    expect(second).toMatchObject({ port: first.port, adopted: false });
    expect(await kept(second)).toBe('acknowledged');
  });

  test('of the starter, the server is adopted', async () => {
    const starter = runStarter('redis', dataDir);
    const left = await starter.started;
    await starter.kill();
    await put(left, 'in memory');

    const adopted = await start();
    expect(adopted).toMatchObject({ pid: left.pid, port: left.port, adopted: true });
    expect(await kept(adopted)).toBe('in memory');
    await adopted.stop();
    expect(isAlive(left.pid)).toBe(false);
  });

  test('in the middle of a write, the half-written command is dropped and the rest kept', async () => {
    const first = await start();
    await put(first, 'whole');
    await first.stop();
    writeFileSync(join(dataDir, 'appendonlydir', 'appendonly.aof.1.incr.aof'), '*3\r\n$3\r\nSET\r\n$4\r\nke', {
      flag: 'a',
    });
    expect(await kept(await start())).toBe('whole');
  });
});

describe('leaves alone', () => {
  test('a process that has got the number of a dead server', async () => {
    const stranger = spawn('sleep', ['60']);
    const first = await start();
    await first.stop();
    writeFileSync(join(dataDir, 'redis.pid'), `${stranger.pid}\n`);
    const second = await start();
    expect(second.adopted).toBe(false);
    await second.stop();
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
  });

  test('a Redis of somebody else that listens on its port', async () => {
    const other = await start({ dataDir: makeServerFolder(inject('runFolder'), 'redis') });
    await put(other, 'theirs');
    writeFileSync(join(dataDir, 'port'), `${other.port}\n`);
    writeFileSync(join(dataDir, 'redis.pid'), `${other.pid}\n`);

    const server = await start();
    expect(server.adopted).toBe(false);
    expect(server.port).not.toBe(other.port);
    await server.stop();
    expect(await kept(other)).toBe('theirs');
    await other.stop();
  });
});

test('several starters at once end up with one server', async () => {
  const servers = await Promise.all([start(), start(), start()]);
  expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
});

test('says in one sentence what to do where a fetched Redis does not run', async () => {
  const cacheDir = join(dataDir, 'cache');
  mkdirSync(join(cacheDir, 'usr/bin'), { recursive: true });
  writeFileSync(join(cacheDir, 'usr/bin/redis-server'), 'not a program', { mode: 0o755 });
  const pathWithout = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    await expect(start({ cacheDir })).rejects.toThrow(
      /remove that folder to fetch it again, or install .* or set REDIS_URL/,
    );
  } finally {
    process.env.PATH = pathWithout;
  }
});
