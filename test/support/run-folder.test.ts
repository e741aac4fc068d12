import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive } from '../../src/platform/embedded/processes.ts';
import { startRedis } from '../../src/platform/embedded/redis.ts';
import { makeRunFolder, makeServerFolder, removeRunFolder, sweepAbandonedRuns } from './run-folder.ts';

const startIn = (runFolder: string) =>
  startRedis({ dataDir: makeServerFolder(runFolder, 'redis'), appendOnly: 'no', onProgress: () => {} });

test('what a killed run left is stopped and removed, what a living one uses is not', async () => {
  const living = makeRunFolder();
  const killed = makeRunFolder();
  writeFileSync(join(killed, 'owner.json'), JSON.stringify({ pid: process.pid, identity: 'an earlier beginning' }));
  const [theirs, left] = [await startIn(living), await startIn(killed)];

  await sweepAbandonedRuns();
  expect(isAlive(left.pid)).toBe(false);
  expect(existsSync(killed)).toBe(false);
  expect(isAlive(theirs.pid)).toBe(true);

  await removeRunFolder(living);
  expect(isAlive(theirs.pid)).toBe(false);
  expect(existsSync(living)).toBe(false);
});
