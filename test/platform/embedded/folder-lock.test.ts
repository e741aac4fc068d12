import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type Release, takeLock, waitForLock } from '../../../src/platform/embedded/folder-lock.ts';
import { processIdentity } from '../../../src/platform/embedded/processes.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = scratchFolder();
  file = join(folder, 'a.lock');
});

const take = (): Release => {
  const outcome = takeLock(file);
  if ('release' in outcome) return outcome.release;
  throw new Error(`held by ${outcome.heldBy}`);
};

test('is held by one at a time, and leaves nothing behind', () => {
  const release = take();
  expect(takeLock(file)).toEqual({ heldBy: process.pid });
  release();
  take()();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['a process that is gone', { pid: 2 ** 22 + 1, identity: 'then' }],
  ['an earlier process with the number of a living one', { pid: process.pid, identity: 'an earlier beginning' }],
  ['nobody knows whom', 'nonsense'],
])('counts for nothing when left by %s', (_whom, holder) => {
  writeFileSync(file, typeof holder === 'string' ? holder : JSON.stringify(holder));
  take();
  expect(takeLock(file)).toEqual({ heldBy: process.pid });
});

test('is handed on to those who wait, one after the other', async () => {
  let inside = 0;
  const turns = Array.from({ length: 5 }, async () => {
    const release = await waitForLock(file, 20_000);
    inside += 1;
    expect(inside).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    release();
  });
  await Promise.all(turns);
});

test('says who has it when it is not let go in time', async () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }));
  await expect(waitForLock(file, 100)).rejects.toThrow(`held by process ${process.pid}`);
});
