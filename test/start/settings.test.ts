import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../src/start/settings.ts';

const perRole = { REDIS_LOG_URL: 'a', REDIS_BUS_URL: 'b', REDIS_JOBS_URL: 'c', REDIS_CACHE_URL: 'd' };

test('embed everything and start two nodes on port 3000 where nothing is said', () => {
  expect(readSettings({})).toMatchObject({
    port: 3000,
    nodes: 2,
    dataDir: resolve('.rally'),
    embedsPostgres: true,
    embedsRedis: true,
    isProduction: false,
  });
});

test.each([
  [{ DATABASE_URL: 'postgresql://x' }, { embedsPostgres: false, embedsRedis: true }],
  [{ REDIS_URL: 'redis://x' }, { embedsPostgres: true, embedsRedis: false }],
  [perRole, { embedsRedis: false }],
  [{ ...perRole, REDIS_CACHE_URL: undefined }, { embedsRedis: true }],
  [
    { DATABASE_URL: '', REDIS_URL: '' },
    { embedsPostgres: true, embedsRedis: true },
  ],
])('embed what has no URL: %j', (environment, expected) => {
  expect(readSettings(environment)).toMatchObject(expected);
});

test.each([
  [{ PORT: 'http' }, /^PORT: /],
  [{ PORT: '65535' }, /^PORT: /],
  [{ NODES: '0' }, /^NODES: /],
  [{ NODES: '1.5', PORT: '0' }, /PORT: .*; NODES: /],
])('name what is wrong in %j', (environment, message) => {
  expect(() => readSettings(environment)).toThrow(message);
});
