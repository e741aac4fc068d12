import { existsSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ownerIfRoot } from './account.ts';
import {
  type BringUpRequest,
  bringUp,
  type EmbeddedDatabase,
  type Launch,
  type RunningServer,
  type ServerKind,
  shutDown,
} from './bring-up.ts';
import { openDataFolder } from './data-folder.ts';
import { passwordIn, writeOwnFile } from './password.ts';
import { rememberedPort } from './ports.ts';
import { commandLine, isAlive, launchDetached } from './processes.ts';
import { askRedis, protectRedis } from './redis-identity.ts';
import { findRedis } from './redis-programs.ts';

/** When Redis flushes what it has written: `always` survives power loss, `everysec` may lose a second of it. */
export type AppendOnly = 'always' | 'everysec' | 'no';

/** Where the data are and how the server is to run. */
export interface RedisOptions extends BringUpRequest {
  /** Made if absent; holds the append-only files, the log and the port. */
  readonly dataDir: string;
  /** `no` keeps nothing at all on disk. */
  readonly appendOnly?: AppendOnly;
  /** Further command-line arguments, e.g. `['--databases', '64']`. Ignored when a running server is adopted. */
  readonly args?: readonly string[];
  /** Where programs fetched from the Debian archive are kept; `.cache/redis` of the project by default. */
  readonly cacheDir?: string;
}

/**
 * Starts, or adopts, the Redis (or Valkey) of a data folder. It listens on 127.0.0.1 only and asks for the password of its folder.
 * @throws SetupError where no Redis can be found or fetched, or its data cannot be used
 */
export async function startRedis(options: RedisOptions): Promise<EmbeddedDatabase> {
  return bringUp(redisIn(openDataFolder(options.dataDir), options), options);
}

/** Stops the Redis that runs on a data folder, whoever started it; does nothing if none does. */
export async function stopRedis(dataDir: string): Promise<void> {
  if (existsSync(dataDir)) await shutDown(redisIn(realpathSync(dataDir), { dataDir, onProgress: () => {} }));
}

function redisIn(dataDir: string, options: RedisOptions): ServerKind {
  const logFile = join(dataDir, 'server.log');
  return {
    name: 'Redis',
    dataDir,
    logFile,
    findRunning: () => findRunning(dataDir),
    isReady: async ({ pid, port }) => {
      const answer = await askRedis(port, passwordIn(dataDir));
      return answer?.pid === pid && answer.isReady;
    },
    isOurs: ({ pid, port }) => isServerOn(port, pid),
    urlOf: (port) => `redis://:${passwordIn(dataDir)}@127.0.0.1:${port}`,
    prepare: (onProgress) => prepare(dataDir, logFile, { ...options, onProgress }),
    passingTrouble: /Address already in use/,
    // SIGTERM flushes the append-only file; nothing is lost by the other but what `everysec` has not flushed.
    stopSignals: [
      { signal: 'SIGTERM', waitMs: 20_000 },
      { signal: 'SIGKILL', waitMs: 5_000 },
    ],
  };
}

/** Asks who listens on the remembered port; a server that hangs is known by the pid file it wrote itself. */
async function findRunning(dataDir: string): Promise<RunningServer | undefined> {
  const port = rememberedPort(dataDir);
  if (port === undefined) return undefined;
  const password = passwordIn(dataDir);
  const answer = await askRedis(port, password);
  if (answer && answer.dir !== dataDir) return undefined;
  if (answer && !answer.isProtected) await protectRedis(port, password);
  if (answer) return { pid: answer.pid, port };
  const pid = pidFileOf(dataDir);
  return isServerOn(port, pid) ? { pid, port } : undefined;
}

/** Redis and Valkey put their address into their command line, e.g. `redis-server 127.0.0.1:26379`. */
function isServerOn(port: number, pid: number): boolean {
  const line = isAlive(pid) ? commandLine(pid) : '';
  return /(redis|valkey)-server/.test(line) && new RegExp(`(:|--port )${port}\\b`).test(line);
}

function pidFileOf(dataDir: string): number {
  try {
    return Number(readFileSync(join(dataDir, PID_FILE), 'utf8'));
  } catch {
    return 0;
  }
}

const PID_FILE = 'redis.pid';
/** Everybody may read the command lines of a machine: what is secret stands in a file. */
const ACCESS_FILE = 'access.conf';

async function prepare(dataDir: string, logFile: string, options: RedisOptions): Promise<Launch> {
  const { program, environment } = await findRedis(options);
  clearDrafts(dataDir);
  const access = join(dataDir, ACCESS_FILE);
  writeOwnFile(access, `requirepass ${passwordIn(dataDir)}\n`, dataDir);
  const fixed = ['--bind', '127.0.0.1', '--dir', dataDir, '--pidfile', join(dataDir, PID_FILE), '--daemonize', 'no'];
  // noeviction: a queue or a room log that loses keys is broken, a refused write is only an error.
  const kept = [...persistence(options.appendOnly ?? 'always'), '--save', '', '--maxmemory-policy', 'noeviction'];
  return (port) =>
    launchDetached({
      argv: [program, access, '--port', String(port), ...kept, ...(options.args ?? []), ...fixed],
      logFile,
      environment,
      ...ownerIfRoot(dataDir),
    });
}

const persistence = (appendOnly: AppendOnly): string[] =>
  appendOnly === 'no' ? ['--appendonly', 'no'] : ['--appendonly', 'yes', '--appendfsync', appendOnly];

/** Rewrites that a kill interrupted; Redis itself never looks at them again. */
function clearDrafts(dataDir: string): void {
  const drafts = readdirSync(dataDir).filter((name) => /^temp-.*\.(rdb|aof)$/.test(name));
  for (const name of drafts) rmSync(join(dataDir, name), { force: true });
}
