import { migrate } from '../../src/platform/db/migrate.ts';
import type { EmbeddedDatabase } from '../../src/platform/embedded/bring-up.ts';
import { startPostgres } from '../../src/platform/embedded/postgres.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { startRedis } from '../../src/platform/embedded/redis.ts';
import { copyCluster, pristineFolder } from './pristine-cluster.ts';
import { makeRunFolder, makeServerFolder, removeRunFolder, sweepAbandonedRuns } from './run-folder.ts';

/** Where the tests of a run find its servers. */
export interface TestServers {
  /** Where this run keeps the data of its servers. */
  runFolder: string;
  /** A migrated database that nobody connects to: new ones are cloned from it. */
  templateDatabaseUrl: string;
  /** One server for each test process: publish and subscribe do not keep to a database index. */
  redisUrls: string[];
}

/**
 * The variable in which a program that runs the tests many times over says where its servers are, as JSON. Each of its
 * runs then uses those and starts none.
 */
export const SERVERS_VARIABLE = 'RALLY_TEST_SERVERS';

/** Indexes that test files take in turn, so that one never reads what an earlier one left. */
const REDIS_ARGS = ['--databases', '256'];
/** Test data need not survive a power loss, and hundreds of databases that live for seconds need no clearing up. */
const FAST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  // No standby follows: less is written to the log.
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_connections: 200,
};

const onProgress = (line: string): void => void process.stdout.write(`${line}\n`);

/** Starts a PostgreSQL and `redisCount` Redis servers in a throw-away folder. `stop` takes all of it away again. */
export async function startTestServers(redisCount: number): Promise<TestServers & { stop: () => Promise<void> }> {
  await sweepAbandonedRuns();
  const runFolder = makeRunFolder();
  const stop = (): Promise<void> => removeRunFolder(runFolder);
  const [templateDatabaseUrl, redisUrls] = await Promise.all([
    startTemplate(runFolder),
    startRedisServers(runFolder, redisCount),
  ]).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { runFolder, templateDatabaseUrl, redisUrls, stop };
}

async function startTemplate(runFolder: string): Promise<string> {
  const dataDir = makeServerFolder(runFolder, 'postgres');
  const start = (): Promise<EmbeddedDatabase> =>
    startPostgres({ dataDir, settings: FAST_SETTINGS, isSuperuser: true, onProgress });
  const first = await start();
  await migrate({ databaseUrl: first.url, migrationsDir: projectPath('prisma/migrations') });
  await first.stop();
  copyCluster(dataDir, pristineFolder(runFolder));
  const { url } = await start();
  return url;
}

async function startRedisServers(runFolder: string, count: number): Promise<string[]> {
  const urls: string[] = [];
  // One after the other: the first may have to fetch the programs.
  for (let started = 0; started < count; started += 1) {
    const dataDir = makeServerFolder(runFolder, 'redis');
    const { url } = await startRedis({ dataDir, appendOnly: 'no', args: REDIS_ARGS, onProgress });
    urls.push(url);
  }
  return urls;
}
