import type { Platform } from '../platform/platform.ts';
import type { SharedClock } from '../platform/redis/shared-clock.ts';

/** More is no matter of a slow network, and what this machine writes down is wrong by it. */
const MAX_AHEAD_MS = 5_000;
const LOOK_MS = 30_000;

/** Tells operators when this machine's clock is not that of the others. */
export const watchClock = (
  { log, metrics }: Pick<Platform, 'log' | 'metrics'>,
  clock: Pick<SharedClock, 'aheadMs'>,
): { stop: () => void } => {
  const look = (): void => {
    const aheadMs = clock.aheadMs();
    metrics.clockAhead.set(aheadMs / 1_000);
    if (Math.abs(aheadMs) > MAX_AHEAD_MS) log.error({ aheadMs: Math.round(aheadMs) }, 'this machine’s clock is wrong');
  };
  look();
  const looking = setInterval(look, LOOK_MS).unref();
  return { stop: () => clearInterval(looking) };
};
