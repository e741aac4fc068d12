import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { RallyProcess } from '../../support/cluster.ts';
import { until } from '../../support/until.ts';
import type { FaultName } from './fault-names.ts';
import type { Options } from './options.ts';
import type { World } from './world.ts';

/** Lets something go wrong, waits as long as it lasts, and puts it right. */
export type Fault = (world: World) => Promise<void>;

/** Of the provider that stands in for a real one: its memory is not ours to lose, and lies in this Redis by chance. */
const PROVIDER_KEYS = 'rally:{sandbox}:*';
const SKEW_MS = 120_000;
/** What PostgreSQL finds left on its disk. */
const LEFT_BYTES = 2 * 2 ** 20;
/** Room above what Redis uses when its limit is set. */
const ABOVE_BYTES = 256 * 1_024;

const first = (processes: readonly RallyProcess[]): RallyProcess => {
  const [process] = processes;
  if (!process) throw new Error('there is no such process');
  return process;
};

const killed = async (victim: Pick<RallyProcess, 'kill' | 'restart'>): Promise<void> => {
  await victim.kill();
  await victim.restart();
};

const held = ({ options }: World): Promise<void> => pause(options.hold * 1_000);

export const FAULTS: Record<FaultName, Fault> = {
  'kill-node': ({ stage }) => killed(first(stage.cluster.nodes)),
  'kill-worker': ({ stage }) => killed(first(stage.cluster.workers)),
  'kill-redis': ({ stage }) => killed(stage.redisServer),
  'kill-postgres': ({ stage }) => killed(stage.postgres),
  'empty-redis': async ({ stage, chats }) => {
    await stage.redisServer.kill();
    await chats.excuse();
    await stage.redisServer.restartEmpty(PROVIDER_KEYS);
  },
  'postgres-away': async ({ stage, options }) => {
    await stage.postgres.kill();
    await pause(options.away * 1_000);
    await stage.postgres.restart();
  },
  'redis-full': async (world) => {
    const { chats, say, stage } = world;
    const { redis } = stage;
    const used = Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
    await redis.config('SET', 'maxmemory', used + ABOVE_BYTES);
    await held(world);
    // What empties Redis must work while it is full, or it would stay so.
    await chats.untilStored();
    const full = /^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1];
    say(`redis-full: all that was acknowledged is stored, with ${full} of ${used + ABOVE_BYTES} bytes used`);
    await redis.config('SET', 'maxmemory', 0);
  },
  'postgres-read-only': async (world) => {
    const { url } = world.stage.postgres;
    await asAdministrator(url, 'ALTER SYSTEM SET default_transaction_read_only = on');
    await held(world);
    await asAdministrator(url, 'ALTER SYSTEM RESET default_transaction_read_only');
  },
  'disk-full': async (world) => {
    const { smallDisk, stage } = world;
    if (smallDisk === null) throw new Error('PostgreSQL has no small disk of its own');
    const ballast = join(smallDisk, 'ballast');
    const { bavail, bsize } = statfsSync(smallDisk);
    execFileSync('fallocate', ['-l', String(Math.max(1, bavail * bsize - LEFT_BYTES)), ballast], { stdio: 'pipe' });
    await held(world);
    rmSync(ballast);
    // Where it could not write its log of changes it has ended itself.
    await stage.postgres.restart();
  },
  'paused-worker': async (world) => {
    const pid = first(world.stage.cluster.workers).pid();
    process.kill(pid, 'SIGSTOP');
    await held(world);
    process.kill(pid, 'SIGCONT');
  },
  'skewed-workers': async (world) => {
    const { cluster } = world.stage;
    const shim = fileURLToPath(new URL('./skewed-clock.mjs', import.meta.url));
    const skewed = await Promise.all(
      [SKEW_MS, -SKEW_MS].map((skewMs) =>
        cluster.addWorker({ NODE_OPTIONS: `--import ${shim}`, CLOCK_SKEW_MS: String(skewMs) }),
      ),
    );
    await held(world);
    await Promise.all(skewed.map((worker) => worker.stop()));
  },
};

/** Runs a statement and lets it count, also while transactions may not write. */
const asAdministrator = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SET default_transaction_read_only = off');
    await client.query(statement);
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
};

const BACK_WITHIN_MS = 180_000;
/** Of what is begun in so many seconds as many again must come through: more than was under way when it went wrong. */
const SECONDS_BACK = 5;

interface Flow {
  messages: () => number;
  answers: () => number;
}

/** Waits until messages are acknowledged and checkouts answered again. @returns how long it took, in ms */
export const untilFlowing = async (
  { messages, answers }: Flow,
  begun: Pick<Options, 'messages' | 'checkouts'>,
): Promise<number> => {
  const startedAtMs = performance.now();
  const goal = messages() + begun.messages * SECONDS_BACK;
  const answerGoal = answers() + begun.checkouts * SECONDS_BACK;
  await until(() => messages() >= goal && answers() >= answerGoal, {
    withinMs: BACK_WITHIN_MS,
    what: 'messages acknowledged and checkouts answered again',
  });
  return performance.now() - startedAtMs;
};
