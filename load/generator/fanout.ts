import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PhaseResult } from './commands.ts';
import { runPhase } from './phase.ts';
import type { Room } from './room.ts';
import type { Stage } from './stage.ts';

/**
 * Open loop: messages are due at a fixed rate whether or not the server keeps up, the publishers take turns, and
 * latency counts from when a message was due, so a server that stalls cannot hide it by slowing the load.
 */
export function runFanout(stage: Stage, load: { messagesPerSecond: number; seconds: number }): Promise<PhaseResult> {
  return runPhase(stage, load.seconds, async () => {
    const room = stage.rooms[0];
    if (room === undefined) throw new Error('fanout needs a room');
    await publishOnSchedule(room, load);
  });
}

async function publishOnSchedule(room: Room, load: { messagesPerSecond: number; seconds: number }): Promise<void> {
  const startedAt = performance.now();
  const periodMs = 1000 / load.messagesPerSecond;
  const total = Math.round(load.messagesPerSecond * load.seconds);
  let next = 0;
  while (next < total) {
    const due = Math.min(total, Math.floor((performance.now() - startedAt) / periodMs) + 1);
    for (; next < due; next++) room.publish(next % room.publishers.length, startedAt + next * periodMs);
    await sleep(1);
  }
}
