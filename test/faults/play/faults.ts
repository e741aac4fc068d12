import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { RallyProcess } from '../../support/cluster.ts';
import { until } from '../../support/until.ts';
import type { FaultName } from '../plan/names.ts';
import type { Step } from '../plan/plan.ts';
import { SKEWED_WORKERS } from '../plan/shape.ts';
import { cutLink, slowLink } from './link-faults.ts';
import { patiently, rest } from './rest.ts';
import type { World } from './world.ts';

/** What a step may use. */
export interface Scene {
  world: World;
  step: Step;
  /** Given when the run is ended early: what went wrong is put right at once. */
  signal: AbortSignal;
}

/**
 * Lets something go wrong, waits as long as it lasts, and puts it right.
 * @returns how much of it really happened: processes killed, connections cut, bytes late; 0 when it had no effect
 */
type Fault = (scene: Scene) => Promise<number>;

/** Of the provider that stands in for a real one: its memory is not ours to lose, and lies in this Redis by chance. */
const PROVIDER_KEYS = 'rally:{sandbox}:*';
/** What PostgreSQL finds left on its disk. */
const LEFT_BYTES = 2 * 2 ** 20;
/** Room above what Redis uses when its limit is set. */
const ABOVE_BYTES = 256 * 1_024;
/** From this share of its memory on, messages are refused. */
const NEARLY_FULL = 0.9;
const BACK_WITHIN_MS = 120_000;

const lasted = ({ step, signal }: Scene): Promise<void> => rest(step.lastsMs, signal);

const processOf = ({ world, step }: Scene): RallyProcess => {
  const { nodes, workers } = world.stage.cluster;
  const found = [...nodes, ...workers].find(({ name }) => name === step.target);
  if (!found) throw new Error(`there is no ${step.target}`);
  return found;
};

/** Starts a process as a supervisor does: again, until it stays. One that finds a server away at its start ends. */
const untilStarted = <Started>(start: () => Promise<Started>, what: string): Promise<NonNullable<Started>> =>
  until(() => start().catch(() => null), { withinMs: BACK_WITHIN_MS, what: `the start of ${what}` });

const killProcess = async (scene: Scene): Promise<number> => {
  const victim = processOf(scene);
  const isThere = !victim.hasEnded();
  await victim.kill();
  await lasted(scene);
  await untilStarted(() => victim.restart().then(() => true), scene.step.target);
  return isThere ? 1 : 0;
};

const killPostgres = async (scene: Scene): Promise<number> => {
  const { postgres } = scene.world.stage;
  await postgres.kill();
  await lasted(scene);
  await postgres.restart();
  return 1;
};

export const FAULTS: Readonly<Record<FaultName, Fault>> = {
  'kill-node': killProcess,
  'kill-worker': killProcess,
  'pause-worker': async (scene) => {
    const pid = processOf(scene).pid();
    process.kill(pid, 'SIGSTOP');
    await lasted(scene);
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
    process.kill(pid, 'SIGCONT');
    return state.startsWith('T') ? 1 : 0;
  },
  'kill-redis': async (scene) => {
    const { redisServer } = scene.world.stage;
    await redisServer.kill();
    await lasted(scene);
    await redisServer.restart();
    return 1;
  },
  'empty-redis': async (scene) => {
    const { stage, chats } = scene.world;
    const sentinel = `faults:${scene.step.atMs}`;
    await stage.redis.set(sentinel, 'gone when Redis is empty');
    await stage.redisServer.kill();
    await chats?.excuse();
    await lasted(scene);
    await stage.redisServer.restartEmpty(PROVIDER_KEYS);
    return (await stage.redis.exists(sentinel)) === 0 ? 1 : 0;
  },
  'redis-full': async (scene) => {
    const { chats, stage } = scene.world;
    const limit = (await usedMemory(scene)) + ABOVE_BYTES;
    await stage.redis.config('SET', 'maxmemory', limit);
    try {
      await lasted(scene);
      // What empties Redis must work while it is full, or it would stay so.
      await chats?.untilStored(scene.signal);
      return (await usedMemory(scene)) >= limit * NEARLY_FULL ? 1 : 0;
    } finally {
      await stage.redis.config('SET', 'maxmemory', 0);
    }
  },
  'kill-postgres': killPostgres,
  'postgres-away': killPostgres,
  'postgres-read-only': async (scene) => {
    const { database, postgres } = scene.world.stage;
    await patiently(() => asAdministrator(postgres.url, 'ALTER SYSTEM SET default_transaction_read_only = on'));
    try {
      await lasted(scene);
      const [row] = await patiently(() =>
        database.$queryRawUnsafe<{ state: string }[]>(
          "SELECT current_setting('default_transaction_read_only') AS state",
        ),
      );
      return row?.state === 'on' ? 1 : 0;
    } finally {
      await patiently(() => asAdministrator(postgres.url, 'ALTER SYSTEM RESET default_transaction_read_only'));
    }
  },
  'disk-full': async (scene) => {
    const { smallDisk, stage } = scene.world;
    if (smallDisk === null) throw new Error('PostgreSQL has no small disk of its own');
    const ballast = join(smallDisk, 'ballast');
    const { bavail, bsize } = statfsSync(smallDisk);
    execFileSync('fallocate', ['-l', String(Math.max(1, bavail * bsize - LEFT_BYTES)), ballast], { stdio: 'pipe' });
    await lasted(scene);
    rmSync(ballast);
    // Where it could not write its log of changes it has ended itself.
    await stage.postgres.restart();
    return 1;
  },
  'cut-links': ({ world, step, signal }) => cutLink(world.network.link(step.target), step, signal),
  'slow-links': ({ world, step, signal }) => slowLink(world.network.link(step.target), step, signal),
  'skew-clock': async (scene) => {
    const { step, world } = scene;
    const shim = fileURLToPath(new URL('./skewed-clock.mjs', import.meta.url));
    const environment = { NODE_OPTIONS: `--import ${shim}`, CLOCK_SKEW_MS: String(SKEWED_WORKERS[step.target]) };
    const worker = await untilStarted(() => world.stage.cluster.addWorker(step.target, environment), step.target);
    await lasted(scene);
    const isThere = !worker.hasEnded();
    await worker.stop();
    return isThere ? 1 : 0;
  },
};

const usedMemory = async ({ world }: Scene): Promise<number> =>
  Number(/^used_memory:(\d+)/m.exec(await world.stage.redis.info('memory'))?.[1]);

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
