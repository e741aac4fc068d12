import { inject } from 'vitest';
import type { EmbeddedDatabase } from '../../src/platform/embedded/bring-up.ts';
import { startPostgres } from '../../src/platform/embedded/postgres.ts';
import { type AppendOnly, startRedis } from '../../src/platform/embedded/redis.ts';
import { copyCluster, pristineFolder } from './pristine-cluster.ts';
import { makeServerFolder } from './run-folder.ts';

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

const onProgress = (): void => {};

/** A Redis of its own; `always` survives a kill, `no` comes back empty. */
export async function ownRedis({ appendOnly = 'always' }: { appendOnly?: AppendOnly } = {}): Promise<OwnServer> {
  const dataDir = makeServerFolder(inject('runFolder'), 'redis');
  return ownServer((port) => startRedis({ dataDir, appendOnly, port, onProgress }));
}

/** A PostgreSQL of its own with a migrated, empty database, durable as in production. */
export async function ownPostgres(): Promise<OwnServer> {
  const runFolder = inject('runFolder');
  const dataDir = makeServerFolder(runFolder, 'postgres');
  copyCluster(pristineFolder(runFolder), dataDir);
  return ownServer((port) => startPostgres({ dataDir, port, onProgress }));
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
