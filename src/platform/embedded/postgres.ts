import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { accountFor } from './account.ts';
import {
  type BringUpRequest,
  bringUp,
  type EmbeddedDatabase,
  type Launch,
  type ServerKind,
  shutDown,
} from './bring-up.ts';
import { openDataFolder } from './data-folder.ts';
import { ensureCluster } from './postgres-cluster.ts';
import { findPostgres } from './postgres-programs.ts';
import { findPostmaster, isPostmasterOf, readPostmasterFile } from './postmaster.ts';
import { launchDetached } from './processes.ts';

/** The one role of an embedded cluster, and the database its URL names. */
const ROLE = 'rally';
const DATABASE = 'rally';

/** Server settings by their PostgreSQL names, e.g. `{ fsync: 'off' }`. */
export type PostgresSettings = Readonly<Record<string, string | number>>;

/** Where the data are and how the server is to run. */
export interface PostgresOptions extends BringUpRequest {
  /** Made if absent; holds the cluster, the log and the port. */
  readonly dataDir: string;
  /** Ignored when a running server is adopted. */
  readonly settings?: PostgresSettings;
}

/**
 * Starts, or adopts, the PostgreSQL of a data folder. It listens on 127.0.0.1 only and asks for no password.
 *
 * The database `rally`, which the URL names, is not created here: migrating creates it.
 * @throws SetupError where no PostgreSQL can be found or its data cannot be used
 */
export async function startPostgres({
  dataDir,
  settings = {},
  ...request
}: PostgresOptions): Promise<EmbeddedDatabase> {
  // Under root another account has to get through to the cluster, which is its own and closed to all others.
  return bringUp(postgresIn(openDataFolder(dataDir, 0o755), settings), request);
}

/** Stops the PostgreSQL that runs on a data folder, whoever started it; does nothing if none does. */
export async function stopPostgres(dataDir: string): Promise<void> {
  if (existsSync(dataDir)) await shutDown(postgresIn(realpathSync(dataDir), {}));
}

function postgresIn(dataDir: string, settings: PostgresSettings): ServerKind {
  const cluster = join(dataDir, 'cluster');
  const logFile = join(dataDir, 'server.log');
  return {
    name: 'PostgreSQL',
    dataDir,
    logFile,
    findRunning: () => findPostmaster(cluster),
    isReady: async ({ pid }) => {
      const noted = readPostmasterFile(cluster);
      return noted?.pid === pid && noted.status === 'ready';
    },
    isOurs: ({ pid }) => isPostmasterOf(cluster, pid),
    urlOf: (port) => `postgresql://${ROLE}@127.0.0.1:${port}/${DATABASE}`,
    prepare: (onProgress) => prepare({ dataDir, cluster, logFile, settings, onProgress }),
    // The backends of a killed postmaster still end; the port is just being released.
    passingTrouble: /pre-existing shared memory block|Address already in use/,
    // Fast shutdown, then without the final checkpoint: the log is replayed at the next start (postgres(1)).
    stopSignals: [
      { signal: 'SIGINT', waitMs: 20_000 },
      { signal: 'SIGQUIT', waitMs: 10_000 },
    ],
  };
}

interface Preparation extends Pick<ServerKind, 'dataDir' | 'logFile'>, Pick<BringUpRequest, 'onProgress'> {
  readonly cluster: string;
  readonly settings: PostgresSettings;
}

async function prepare({ dataDir, cluster, logFile, settings, onProgress }: Preparation): Promise<Launch> {
  const programs = await findPostgres(cluster);
  const account = accountFor({ data: cluster, folder: dataDir, programs });
  const isDurable = settings.fsync !== 'off';
  await ensureCluster({ cluster, programs, account, role: ROLE, isDurable, onProgress });

  return (port) =>
    launchDetached({
      argv: [...account.prefix, join(programs, 'postgres'), '-D', cluster, ...flagsOf(settings, port)],
      logFile,
      environment: { LC_ALL: 'C' },
      ...account.identity,
    });
}

function flagsOf(settings: PostgresSettings, port: number): string[] {
  // Without socket files there is one way in, and no folder that must be writable for another account.
  const fixed = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', log_timezone: 'UTC' };
  return Object.entries({ ...settings, ...fixed, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
