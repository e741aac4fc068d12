import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { commandLine, isAlive, occupiesPid, processIdentity } from '../../../src/platform/embedded/processes.ts';

test('knows a running process by its command line and its beginning', async () => {
  const child = spawn('sleep', ['61.5']);
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  await vi.waitFor(() => expect(commandLine(pid)).toBe('sleep 61.5'));
  expect(processIdentity(pid)).toBe(processIdentity(pid));
  expect(processIdentity(pid)).not.toBe(processIdentity(process.pid));

  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isAlive(pid)).toBe(false);
  expect(commandLine(pid)).toBe('');
  expect(processIdentity(pid)).toBeUndefined();
});

test('takes a zombie for dead, although its number is in use', async () => {
  // The shell starts a child, then becomes a program that never waits for it, before the child ends.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60']);
  const zombie = Number(String((await once(parent.stdout, 'data'))[0]));
  await vi.waitFor(() => expect(isAlive(zombie)).toBe(false));
  expect(occupiesPid(zombie)).toBe(true);
  parent.kill('SIGKILL');
});

test.each([0, -1, 1.5, Number.NaN])('never takes %s for a process', (pid) => {
  expect(isAlive(pid)).toBe(false);
});
