import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in ticks of 10 ms (USER_HZ is 100 on every platform that Node supports). */
const TICK_MICROS = 10_000;

/** One process as the operating system accounts for it. */
export interface ProcessStat {
  pid: number;
  parent: number;
  command: string;
  /** User and system time of all its threads and of its children that have ended and were waited for. */
  cpuMicros: number;
}

/** The processes `roots` and everything that descends from them. */
export function processTree(roots: readonly number[]): ProcessStat[] {
  const all = readAll();
  const found = all.filter(({ pid }) => roots.includes(pid));
  for (const parent of found)
    found.push(...all.filter((child) => child.parent === parent.pid && !found.includes(child)));
  return found;
}

/** User and system time that `processes` have used so far, in µs. */
export const cpuMicrosOf = (processes: readonly ProcessStat[]): number =>
  processes.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0);

/** Reads the line of /proc/<pid>/stat (proc(5)); undefined when it is not one. The command may hold spaces and brackets. */
export function parseStat(line: string): ProcessStat | undefined {
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  if (open === -1 || close === -1) return undefined;
  const fields = line.slice(close + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return {
    pid: Number(line.slice(0, open)),
    parent: Number(fields[1]),
    command: line.slice(open + 1, close),
    cpuMicros: ticks * TICK_MICROS,
  };
}

function readAll(): ProcessStat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readStat(pid) ?? []);
}

function readStat(pid: string): ProcessStat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    // It ended between the listing and the reading.
    return undefined;
  }
}
