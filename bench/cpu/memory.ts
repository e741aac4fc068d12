import { readFileSync } from 'node:fs';
import type { ProcessStat } from './process-tree.ts';

/**
 * Memory that `processes` hold, in KiB: proportional set size, so that pages which several of them share count once
 * (proc(5), smaps_rollup).
 */
export const memoryKibOf = (processes: readonly ProcessStat[]): number =>
  processes.reduce((sum, { pid }) => sum + proportionalKib(pid), 0);

function proportionalKib(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  } catch {
    // It ended between the listing and the reading.
    return 0;
  }
}
