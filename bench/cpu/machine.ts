import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

const TICK_MICROS = 10_000;

/** Where a result was measured; printed and stored with it. */
export const describeMachine = () => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  kernel: release(),
  node: process.version,
  loadAverage: loadavg().map((load) => Number(load.toFixed(2))),
});

/** CPU time of the whole machine since it started, in µs. */
export interface MachineCpu {
  /** Everything but idling and waiting for disks. */
  busyMicros: number;
  /** What the host gave to other machines while this one wanted it. */
  stolenMicros: number;
}

/** Reads the first line of /proc/stat (proc(5)): user nice system idle iowait irq softirq steal. */
export function machineCpu(): MachineCpu {
  const line = readFileSync('/proc/stat', 'latin1').split('\n')[0] ?? '';
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(/\s+/).slice(1).map(Number);
  return { busyMicros: (user + nice + system + irq + softirq) * TICK_MICROS, stolenMicros: steal * TICK_MICROS };
}
