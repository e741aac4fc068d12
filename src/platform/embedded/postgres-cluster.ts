import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import type { OnProgress } from './bring-up.ts';
import { openToNewRole } from './postgres-access.ts';
import { SetupError } from './setup-error.ts';

const run = promisify(execFile);

/**
 * Plain `C` is never used: pg_trgm and lower() would see no letters beyond ASCII. macOS knows only the second.
 */
const LOCALES = ['C.UTF-8', 'en_US.UTF-8'];

const DRAFT = '.draft-';
/** Who made the cluster, and may do everything; nobody can sign in as it. */
const OWNER = 'postgres';

/** What a new cluster is made of. */
export interface ClusterRequest {
  readonly cluster: string;
  readonly programs: string;
  readonly account: Account;
  /** The role that the server works as, and its password. */
  readonly role: string;
  readonly password: string;
  readonly isSuperuser: boolean;
  /** False skips flushing it to disk, for data that nobody will miss. */
  readonly isDurable: boolean;
  readonly onProgress: OnProgress;
}

/**
 * Makes the cluster if it does not exist. It appears by one rename, so that an interrupted attempt leaves only a draft,
 * which the next one clears away. Not for two at once on the same folder.
 */
export async function ensureCluster(request: ClusterRequest): Promise<void> {
  const { cluster, account, onProgress } = request;
  if (existsSync(cluster)) return;
  clearDrafts(cluster);
  onProgress('making a new PostgreSQL cluster (once, some seconds)');
  // A new name each time: an initdb that has outlived its starter may still write under the old one.
  const draft = `${cluster}${DRAFT}${randomBytes(4).toString('hex')}`;
  mkdirSync(draft, { mode: 0o700 });
  const { uid, gid } = account.identity;
  if (uid !== undefined && gid !== undefined) chownSync(draft, uid, gid);
  await initialise(request, draft);
  await openToNewRole({ ...request, cluster: draft }, request.isSuperuser);
  renameSync(draft, cluster);
}

async function initialise({ programs, account, isDurable }: ClusterRequest, draft: string): Promise<void> {
  const argv = [...account.prefix, join(programs, 'initdb'), '-D', draft, '-U', OWNER, '--auth=reject', '-E', 'UTF8'];
  const [program = '', ...rest] = [
    ...argv,
    '--lc-messages=C',
    '--no-instructions',
    ...(isDurable ? [] : ['--no-sync']),
  ];
  const failures: string[] = [];
  for (const locale of LOCALES) {
    try {
      await run(program, [...rest, `--locale=${locale}`], { cwd: '/', ...account.identity });
      return;
    } catch (error) {
      failures.push((error as { stderr?: string }).stderr?.trim() || String(error));
    }
  }
  throw new SetupError(`initdb could not make a PostgreSQL cluster: ${failures.join(' / ')}`);
}

function clearDrafts(cluster: string): void {
  const folder = dirname(cluster);
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(basename(cluster) + DRAFT))) {
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 10 });
  }
}
