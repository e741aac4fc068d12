import { startGenerator } from '../../load/generator/client.ts';
import type { Target, TargetName } from '../targets/target.ts';
import { checkParts, measure, measureIdle, type Sample } from './measure.ts';

export const FANOUT = { receivers: 1_000, publishers: 10 } as const;

/** A rung counts as kept up with when all came, in time. */
const P99_LIMIT_MS = 250;
const ACHIEVED_SHARE = 0.95;
const WARM_UP = { messagesPerSecond: 20, seconds: 3 };

/** One rung of the ladder for one server in one round. Rates are deliveries per second. */
export interface Rung extends Sample {
  offered: number;
  achieved: number;
  cpuMicrosPerDelivery: number;
  isGood: boolean;
}

/** What one server did in one round. */
export interface FanoutRound {
  server: TargetName;
  round: number;
  idleShare: number;
  rungs: Rung[];
}

/** Climbs the ladder with one server until it no longer keeps up. */
export async function runFanoutRound(
  target: Target,
  options: { round: number; seconds: number; ladder: number[] },
): Promise<FanoutRound> {
  const generator = await startGenerator(await target.castFanout(FANOUT));
  try {
    checkParts(target);
    const idleShare = await measureIdle(target);
    await generator.fanout(WARM_UP);
    const rungs: Rung[] = [];
    for (const offered of options.ladder) {
      const load = { messagesPerSecond: offered / FANOUT.receivers, seconds: options.seconds };
      rungs.push(toRung(offered, await measure(target, generator, () => generator.fanout(load))));
      if (rungs.at(-1)?.isGood === false) break;
    }
    return { server: target.name, round: options.round, idleShare, rungs };
  } finally {
    await generator.stop();
  }
}

function toRung(offered: number, sample: Sample): Rung {
  const { result } = sample;
  const achieved = result.deliveries / result.seconds;
  const isComplete = result.faults.lost === 0 && result.faults.doubled === 0 && result.faults.damaged === 0;
  return {
    ...sample,
    offered,
    achieved,
    cpuMicrosPerDelivery: sample.serverCpuMicros / Math.max(1, result.deliveries),
    isGood: isComplete && result.deliveryP99Ms < P99_LIMIT_MS && achieved >= offered * ACHIEVED_SHARE,
  };
}
