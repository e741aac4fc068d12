import { spawn } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { cpuMicrosOf, parseStat, processTree } from '../../../bench/cpu/process-tree.ts';

test('reads a stat line whose command holds spaces and brackets', () => {
  const line = '42 (postgres: (x) y) S 7 42 42 0 -1 4194304 101 0 0 0 11 22 33 44 20 0 1 0 95344 3133440 408';
  expect(parseStat(line)).toEqual({ pid: 42, parent: 7, command: 'postgres: (x) y', cpuMicros: 1_100_000 });
  expect(parseStat('')).toBeUndefined();
});

test.runIf(process.platform === 'linux')('counts what grandchildren burn, also after they have ended', async () => {
  const burn = 'const end = process.cpuUsage().user + 300000; while (process.cpuUsage().user < end);';
  const parent = `require("child_process").spawnSync(process.execPath, ["-e", ${JSON.stringify(burn)}]); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', parent]);
  try {
    const root = child.pid ?? 0;
    await vi.waitFor(() => expect(processTree([root])).toHaveLength(2), { timeout: 10_000, interval: 5 });
    await vi.waitFor(
      () => {
        expect(processTree([root])).toHaveLength(1);
        expect(cpuMicrosOf(processTree([root]))).toBeGreaterThan(280_000);
      },
      { timeout: 20_000 },
    );
  } finally {
    child.kill();
  }
});
