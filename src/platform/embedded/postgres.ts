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
import { passwordIn } from './password.ts';
import { isProtected, protectCluster } from './postgres-access.ts';
import { ensureCluster } from './postgres-cluster.ts';
import { findPostgres } from './postgres-programs.ts';
import { findPostmaster, isPostmasterOf, readPostmasterFile } from './postmaster.ts';
import { launchDetached } from './processes.ts';

/** The role of an embedded cluster that can sign in, and the database its URL names. */
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
  /** For a new cluster: its role may do everything, as tests do that break rules on purpose. */
  readonly isSuperuser?: boolean;
}

/**
 * Starts, or adopts, the PostgreSQL of a data folder. It listens on 127.0.0.1 only and asks for the password of its folder.
 *
 * The database `rally`, which the URL names, is not created here: migrating creates it.
 * @throws SetupError where no PostgreSQL can be found or its data cannot be used
 */
export async function startPostgres({
  dataDir,
  settings = {},
  isSuperuser = false,
  ...request
}: PostgresOptions): Promise<EmbeddedDatabase> {
  const folder = openDataFolder(dataDir);
  const kind = postgresIn(folder, settings, isSuperuser);
  // One of an earlier version, which lets in everybody: it is started anew.
  const cluster = clusterIn(folder);
  if (existsSync(cluster) && !isProtected(cluster)) await shutDown(kind);
  return bringUp(kind, request);
}

/** Stops the PostgreSQL that runs on a data folder, whoever started it; does nothing if none does. */
export async function stopPostgres(dataDir: string): Promise<void> {
  if (existsSync(dataDir)) await shutDown(postgresIn(realpathSync(dataDir), {}, false));
}

const clusterIn = (dataDir: string): string => join(dataDir, 'cluster');

function postgresIn(dataDir: string, settings: PostgresSettings, isSuperuser: boolean): ServerKind {
  const cluster = clusterIn(dataDir);
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
    urlOf: (port) => `postgresql://${ROLE}:${passwordIn(dataDir)}@127.0.0.1:${port}/${DATABASE}`,
    prepare: (onProgress) => prepare({ dataDir, cluster, logFile, settings, isSuperuser, onProgress }),
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
  readonly isSuperuser: boolean;
}

async function prepare({ dataDir, cluster, logFile, settings, isSuperuser, onProgress }: Preparation): Promise<Launch> {
  const programs = await findPostgres(cluster);
  const account = accountFor({ data: cluster, folder: dataDir, programs });
  const isDurable = settings.fsync !== 'off';
  const access = { cluster, programs, account, role: ROLE, password: passwordIn(dataDir) };
  await ensureCluster({ ...access, isSuperuser, isDurable, onProgress });
  await protectCluster(access);

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
