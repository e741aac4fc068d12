import { join } from 'node:path';
import { connectCreating } from '../../src/platform/db/create-database.ts';
import { startPostgres } from '../../src/platform/embedded/postgres.ts';
import { startRedis } from '../../src/platform/embedded/redis.ts';

/** The databases of a bare server. */
export interface Databases {
  redisUrl: string;
  postgresUrl?: string;
  pids: number[];
  stop(): Promise<void>;
}

const onProgress = (line: string): void => console.log(`  ${line}`);

/**
 * Brings the same Redis and PostgreSQL programs that Rally uses, each on its own free port with its data in `folder`.
 * Redis keeps nothing on disk unless asked to: the bare server only passes messages through it. PostgreSQL runs as Rally's
 * does.
 */
export async function startDatabases(
  folder: string,
  { withPostgres, keepsRedis = false }: { withPostgres: boolean; keepsRedis?: boolean },
): Promise<Databases> {
  const appendOnly = keepsRedis ? 'always' : 'no';
  const redis = await startRedis({ dataDir: join(folder, 'redis'), appendOnly, onProgress });
  if (!withPostgres) return { redisUrl: redis.url, pids: [redis.pid], stop: redis.stop };
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), onProgress });
  await (await connectCreating(postgres.url)).end();
  return {
    redisUrl: redis.url,
    postgresUrl: postgres.url,
    pids: [redis.pid, postgres.pid],
    stop: async () => {
      await redis.stop();
      await postgres.stop();
    },
  };
}
