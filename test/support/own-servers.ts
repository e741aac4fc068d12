import { Redis } from 'ioredis';
import type { EmbeddedDatabase } from '../../src/platform/embedded/bring-up.ts';
import { freePort } from '../../src/platform/embedded/ports.ts';
import { startPostgres } from '../../src/platform/embedded/postgres.ts';
import { type AppendOnly, startRedis } from '../../src/platform/embedded/redis.ts';
import { copyCluster, pristineFolder } from './pristine-cluster.ts';
import { makeServerFolder } from './run-folder.ts';
import { currentRunFolder } from './run-in-progress.ts';

/** A server that one test may kill. The run's end stops it if the test does not. */
export interface OwnServer {
  /** The same before and after a restart. */
  readonly url: string;
  /** kill -9; returns when the process has gone. */
  kill(): Promise<void>;
  /** Starts it on its own files and its own port; returns when it answers. */
  restart(): Promise<void>;
  /** Ends it cleanly. */
  stop(): Promise<void>;
}

/** A Redis that may also lose what it holds. */
export interface OwnRedis extends OwnServer {
  /** Starts it, once it was killed, with nothing but the keys of this pattern. */
  restartEmpty: (keeping: string) => Promise<void>;
}

const onProgress = (): void => {};
/** Four workers and two nodes use 180; somebody must still get in to put things right. */
const SETTINGS = { max_connections: 250 };

/** A Redis of its own; `always` survives a kill, `no` comes back empty. */
export async function ownRedis({ appendOnly = 'always' }: { appendOnly?: AppendOnly } = {}): Promise<OwnRedis> {
  const dataDir = makeServerFolder(currentRunFolder(), 'redis');
  const start = (port: number | undefined): Promise<EmbeddedDatabase> =>
    startRedis({ dataDir, appendOnly, port, onProgress });
  const server = await ownServer(start);
  return {
    ...server,
    restartEmpty: async (keeping) => {
      // Where nobody looks for it: who connects to its own port finds it empty already.
      const hidden = await start(await freePort());
      await forgetAllBut(hidden.url, keeping);
      await hidden.stop();
      await server.restart();
    },
  };
}

async function forgetAllBut(url: string, keeping: string): Promise<void> {
  const client = new Redis(url);
  try {
    const kept: [key: string, value: Buffer, lifeMs: number][] = [];
    for (const key of await client.keys(keeping)) {
      const value = await client.dumpBuffer(key);
      if (value) kept.push([key, value, Math.max(0, await client.pttl(key))]);
    }
    await client.flushall();
    for (const [key, value, lifeMs] of kept) await client.restore(key, lifeMs, value);
  } finally {
    client.disconnect();
  }
}

/**
 * A PostgreSQL of its own with a migrated, empty database, durable as in production.
 * @param dataDir an empty folder for it; one in the run's folder when absent
 */
export async function ownPostgres(dataDir = makeServerFolder(currentRunFolder(), 'postgres')): Promise<OwnServer> {
  copyCluster(pristineFolder(currentRunFolder()), dataDir);
  return ownServer((port) => startPostgres({ dataDir, port, settings: SETTINGS, onProgress }));
}

async function ownServer(start: (port: number | undefined) => Promise<EmbeddedDatabase>): Promise<OwnServer> {
  let current = await start(undefined);
  return {
    url: current.url,
    kill: async () => {
      process.kill(current.pid, 'SIGKILL');
      await current.ended();
    },
    restart: async () => {
      current = await start(current.port);
    },
    stop: () => current.stop(),
  };
}
