import { startGenerator } from '../../load/generator/client.ts';
import type { Target, TargetName } from '../targets/target.ts';
import { checkParts, measure, measureIdle, type Sample } from './measure.ts';

export const ROOMS = { rooms: 400, members: 5 } as const;

/** Long enough for just-in-time compilers to have seen what is busy. */
const WARM_UP_SECONDS = 20;

/** What one server did in one round. Messages are acknowledged ones. */
export interface RoomsRound extends Sample {
  server: TargetName;
  round: number;
  idleShare: number;
  ackedPerSecond: number;
  cpuMicrosPerMessage: number;
}

/** Keeps one message in flight in each of many small rooms. */
export async function runRoomsRound(target: Target, options: { round: number; seconds: number }): Promise<RoomsRound> {
  const generator = await startGenerator(await target.castRooms(ROOMS));
  try {
    checkParts(target);
    const idleShare = await measureIdle(target);
    await generator.rooms({ seconds: WARM_UP_SECONDS });
    const sample = await measure(target, generator, () => generator.rooms({ seconds: options.seconds }));
    return {
      ...sample,
      server: target.name,
      round: options.round,
      idleShare,
      ackedPerSecond: sample.result.acked / sample.result.seconds,
      cpuMicrosPerMessage: sample.serverCpuMicros / Math.max(1, sample.result.acked),
    };
  } finally {
    await generator.stop();
  }
}
