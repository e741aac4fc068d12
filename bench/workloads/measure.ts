import { setTimeout as sleep } from 'node:timers/promises';
import type { Generator } from '../../load/generator/client.ts';
import type { PhaseResult } from '../../load/generator/commands.ts';
import { machineCpu } from '../cpu/machine.ts';
import { cpuMicrosOf, type ProcessStat, processTree } from '../cpu/process-tree.ts';
import { PARTS, type Target } from '../targets/target.ts';

/** Above this share of one core the generator, not the server, may be what limits a result. */
export const GENERATOR_BOUND_SHARE = 0.9;
const IDLE_SECONDS = 3;
const SETTLE_SECONDS = 30;
const SETTLED_SHARE = 0.1;

/** One phase of load with what it cost. Shares are of one core. */
export interface Sample {
  result: PhaseResult;
  /** User and system time of all of the server's processes, from before the load until its last effect. */
  serverCpuMicros: number;
  /** The same by process; those of one program other than Node are added up. */
  cpuMicrosByProcess: Record<string, number>;
  serverShare: number;
  generatorShare: number;
  /** What every other process of the machine used: when it is high, rates and latencies are not to be trusted. */
  otherShare: number;
  /** What the host of a virtual machine took away. */
  stolenShare: number;
}

/** Runs one phase and accounts for it. */
export async function measure(target: Target, generator: Generator, load: () => Promise<PhaseResult>): Promise<Sample> {
  const before = readClocks(target, generator);
  const result = await load();
  const after = readClocks(target, generator);
  const wallMicros = after.wallMicros - before.wallMicros;
  const server = after.server - before.server;
  const own = after.generator - before.generator;
  return {
    result,
    serverCpuMicros: server,
    cpuMicrosByProcess: differences(before.byProcess, after.byProcess),
    serverShare: server / wallMicros,
    generatorShare: own / wallMicros,
    otherShare: Math.max(0, after.busy - before.busy - server - own) / wallMicros,
    stolenShare: (after.stolen - before.stolen) / wallMicros,
  };
}

/**
 * The share of one core that the server uses with every connection open and nothing to do, over 3 s. Waits up to
 * 30 s before that for what opening the rooms still causes behind the scenes.
 */
export async function measureIdle(target: Target): Promise<number> {
  for (let second = 0; second < SETTLE_SECONDS; second++) {
    if ((await shareOver(target, 1)) < SETTLED_SHARE) break;
  }
  return shareOver(target, IDLE_SECONDS);
}

async function shareOver(target: Target, seconds: number): Promise<number> {
  const before = cpuMicrosOf(processTree(target.rootPids));
  await sleep(seconds * 1000);
  return (cpuMicrosOf(processTree(target.rootPids)) - before) / (seconds * 1e6);
}

/** @throws Error when a part of the server is not among the processes whose CPU is counted */
export function checkParts(target: Target): void {
  const commands = processTree(target.rootPids).map(({ command }) => command);
  const missing = target.parts.filter((part) => !commands.some((command) => part.test(command)));
  if (missing.length > 0)
    throw new Error(`${target.name} runs without ${missing.join(' and ')}: ${commands.join(', ')}`);
}

function readClocks(target: Target, generator: Generator) {
  const { busyMicros, stolenMicros } = machineCpu();
  const processes = processTree(target.rootPids);
  return {
    wallMicros: performance.now() * 1000,
    server: cpuMicrosOf(processes),
    byProcess: byProcess(processes),
    generator: cpuMicrosOf(processTree([generator.pid])),
    busy: busyMicros,
    stolen: stolenMicros,
  };
}

function byProcess(processes: readonly ProcessStat[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { command, pid, cpuMicros } of processes) {
    const name = PARTS.node.test(command) ? `${command} ${pid}` : command;
    sums.set(name, (sums.get(name) ?? 0) + cpuMicros);
  }
  return sums;
}

const differences = (before: Map<string, number>, after: Map<string, number>): Record<string, number> =>
  Object.fromEntries([...after].map(([name, micros]) => [name, micros - (before.get(name) ?? 0)]));
