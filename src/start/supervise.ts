import { once } from 'node:events';
import { claimFolder, claimPorts } from './claims.ts';
import type { Kept } from './keep-running.ts';
import type { Plan } from './plan.ts';
import { startEverything } from './start-everything.ts';

/** When to end. */
export interface Ending {
  /** Ends everything in order. */
  readonly stop: AbortSignal;
  /** Kills the processes that have not ended yet. */
  readonly force: AbortSignal;
}

/**
 * Runs the whole server on this machine until it is told to stop, and starts again whatever dies meanwhile.
 *
 * Everything ends in the opposite order of its start, so that each can use to the last what it stands on: nodes drain,
 * the worker finishes, then the databases close.
 * @throws SetupError if something cannot be started; what had been started is stopped first
 */
export async function supervise(plan: Plan, { stop, force }: Ending): Promise<void> {
  const { port, nodes, dataDir, embedsPostgres, embedsRedis } = plan.settings;
  await claimPorts(port, nodes);
  // Supervisors that only share databases of somebody else do not disturb each other.
  const release = embedsPostgres || embedsRedis ? claimFolder(dataDir) : () => {};
  const started: Kept[][] = [];
  force.addEventListener('abort', () => killAll(started));
  try {
    const stopped = stop.aborted ? Promise.resolve() : once(stop, 'abort');
    await Promise.race([startEverything(plan, started, stop), stopped]);
    await stopped;
    plan.say('rally', 'stopping; Ctrl-C again kills what still drains');
  } finally {
    await stopAll(started, plan);
    release();
  }
}

function killAll(started: readonly Kept[][]): void {
  for (const kept of started.flat()) kept.kill();
}

async function stopAll(started: readonly Kept[][], { say }: Plan): Promise<void> {
  for (const group of started.toReversed()) {
    await Promise.all(
      group.map(async (kept) => {
        await kept.stop().catch((error: unknown) => say(kept.name, String(error)));
        say(kept.name, 'stopped');
      }),
    );
  }
}
