import { setTimeout as sleep } from 'node:timers/promises';
import { startGenerator } from '../../load/generator/client.ts';
import type { Opened } from '../../load/generator/commands.ts';
import { memoryKibOf } from '../cpu/memory.ts';
import { cpuMicrosOf, processTree } from '../cpu/process-tree.ts';
import type { Target, TargetName } from '../targets/target.ts';
import { checkParts, measureIdle } from './measure.ts';

export const CONNECT = { connections: 5_000 } as const;

/** What a server still does for connections that are open already: session records, presence. */
const AFTERMATH_MS = 2_000;

/** What one server did in one round. */
export interface ConnectRound {
  server: TargetName;
  round: number;
  opened: Opened;
  connectsPerSecond: number;
  /** Of all the server's processes, from the first connection begun until 2 s after the last. */
  cpuMicrosPerConnect: number;
  /** Share of one core for all connections together, heartbeats included. */
  idleShare: number;
  kibPerConnection: number;
}

/** Opens many connections, 50 at a time, and lets them be. */
export async function runConnectRound(target: Target, { round }: { round: number }): Promise<ConnectRound> {
  const cast = await target.castIdle(CONNECT);
  checkParts(target);
  const before = processTree(target.rootPids);
  const kibBefore = memoryKibOf(before);
  const generator = await startGenerator(cast);
  try {
    await sleep(AFTERMATH_MS);
    const after = processTree(target.rootPids);
    const { opened } = generator;
    return {
      server: target.name,
      round,
      opened,
      connectsPerSecond: opened.connections / opened.seconds,
      cpuMicrosPerConnect: (cpuMicrosOf(after) - cpuMicrosOf(before)) / opened.connections,
      kibPerConnection: (memoryKibOf(after) - kibBefore) / opened.connections,
      idleShare: await measureIdle(target),
    };
  } finally {
    await generator.stop();
  }
}
