import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PhaseResult } from './commands.ts';
import { runPhase } from './phase.ts';
import type { Room } from './room.ts';
import type { Stage } from './stage.ts';

const REFUSED_PAUSE_MS = 100;

/** Closed loop: in every room one message is in flight; its acknowledgement sends the next member's. */
export function runRooms(stage: Stage, { seconds }: { seconds: number }): Promise<PhaseResult> {
  return runPhase(stage, seconds, async () => {
    const endAt = performance.now() + seconds * 1000;
    for (const room of stage.rooms) sendNext({ room, publisher: 0, endAt });
    await sleep(seconds * 1000);
  });
}

function sendNext({ room, publisher, endAt }: { room: Room; publisher: number; endAt: number }): void {
  const now = performance.now();
  if (now >= endAt) return;
  const next = { room, publisher: (publisher + 1) % room.publishers.length, endAt };
  room.publish(publisher, now, (answer) => {
    if (answer.refusal === undefined) sendNext(next);
    else setTimeout(() => sendNext(next), answer.retryAfterMs ?? REFUSED_PAUSE_MS);
  });
}
