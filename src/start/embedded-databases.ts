import { join, relative } from 'node:path';
import type { EmbeddedDatabase, OnProgress } from '../platform/embedded/bring-up.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startRedis } from '../platform/embedded/redis.ts';
import { type Kept, keepRunning, type Life, type Say } from './keep-running.ts';

/** A database that is kept running, on the same port in each of its lives. */
export interface KeptDatabase extends Kept {
  /** Known once it is ready. */
  url(): string;
}

/** Keeps the PostgreSQL of the data folder running. */
export function keepPostgres(dataDir: string, say: Say): KeptDatabase {
  const folder = join(dataDir, 'postgres');
  return keepDatabase({
    name: 'postgres',
    folder,
    say,
    start: (request) => startPostgres({ dataDir: folder, ...request }),
  });
}

/** Keeps the Redis of the data folder running; what it has acknowledged survives its own death. */
export function keepRedis(dataDir: string, say: Say): KeptDatabase {
  const folder = join(dataDir, 'redis');
  return keepDatabase({ name: 'redis', folder, say, start: (request) => startRedis({ dataDir: folder, ...request }) });
}

interface DatabaseKeeping {
  readonly name: string;
  readonly folder: string;
  readonly say: Say;
  start(request: { port: number | undefined; onProgress: OnProgress }): Promise<EmbeddedDatabase>;
}

function keepDatabase({ name, folder, say, start }: DatabaseKeeping): KeptDatabase {
  let first: EmbeddedDatabase | undefined;
  const onProgress: OnProgress = (line) => say(name, line);
  const startLife = async (): Promise<Life> => {
    // The processes that use it know its first address and no other.
    const database = await start({ port: first?.port, onProgress });
    first ??= database;
    return lifeOf(database, folder);
  };
  return {
    ...keepRunning({ name, start: startLife, firstTries: 1, say }),
    url: () => {
      if (!first) throw new Error(`${name} has not been ready yet`);
      return first.url;
    },
  };
}

function lifeOf(database: EmbeddedDatabase, folder: string): Life {
  const found = database.adopted ? ', found running' : '';
  return {
    pid: database.pid,
    place: `127.0.0.1:${database.port}, data in ${shortPath(folder)}${found}`,
    ready: Promise.resolve(),
    ended: database.ended().then(() => 'unexpectedly'),
    stop: () => database.stop(),
    // Its clean stop is quick, and a kill would only make the next start slower.
    kill: () => {},
  };
}

function shortPath(path: string): string {
  const fromHere = relative('', path);
  return fromHere.startsWith('..') ? path : fromHere;
}
