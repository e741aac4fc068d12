import { join } from 'node:path';
import type { EmbeddedDatabase, OnProgress } from './bring-up.ts';
import { startPostgres } from './postgres.ts';
import { dataFolder } from './project-paths.ts';
import { startRedis } from './redis.ts';

/** A database for the length of one command. */
export interface BorrowedDatabase {
  readonly url: string;
  /** Leaves it as it was found: one that was started for this command is stopped. */
  giveBack(): Promise<void>;
}

/** The PostgreSQL a command works on: DATABASE_URL, else the embedded one, started unless it runs. */
export async function borrowPostgres(
  environment: NodeJS.ProcessEnv,
  onProgress: OnProgress,
): Promise<BorrowedDatabase> {
  if (environment.DATABASE_URL) return { url: environment.DATABASE_URL, giveBack: async () => {} };
  return borrowed(await startPostgres({ dataDir: join(dataFolder(environment), 'postgres'), onProgress }));
}

/** The Redis a command works on: REDIS_URL, else the embedded one, started unless it runs. */
export async function borrowRedis(environment: NodeJS.ProcessEnv, onProgress: OnProgress): Promise<BorrowedDatabase> {
  if (environment.REDIS_URL) return { url: environment.REDIS_URL, giveBack: async () => {} };
  return borrowed(await startRedis({ dataDir: join(dataFolder(environment), 'redis'), onProgress }));
}

const borrowed = (database: EmbeddedDatabase): BorrowedDatabase => ({
  url: database.url,
  giveBack: async () => (database.adopted ? undefined : database.stop()),
});
