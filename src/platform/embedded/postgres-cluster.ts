import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import type { OnProgress } from './bring-up.ts';
import { isAlive } from './processes.ts';
import { SetupError } from './setup-error.ts';

const run = promisify(execFile);

/**
 * Plain `C` is never used: pg_trgm and lower() would see no letters beyond ASCII. macOS knows only the second.
 */
const LOCALES = ['C.UTF-8', 'en_US.UTF-8'];

/** Drafts this very process is making: its number alone does not tell them from those of a killed one that had it. */
const inTheMaking = new Set<string>();

/** What a new cluster is made of. */
export interface ClusterRequest {
  readonly cluster: string;
  readonly programs: string;
  readonly account: Account;
  readonly role: string;
  /** False skips flushing it to disk, for data that nobody will miss. */
  readonly isDurable: boolean;
  readonly onProgress: OnProgress;
}

/**
 * Makes the cluster if it does not exist. It appears by one rename, so that an interrupted attempt leaves only a draft,
 * which the next one clears away.
 */
export async function ensureCluster(request: ClusterRequest): Promise<void> {
  const { cluster, account, onProgress } = request;
  if (existsSync(cluster)) return;
  clearDrafts(cluster);
  onProgress('making a new PostgreSQL cluster (once, some seconds)');
  const draft = `${draftPrefix(cluster)}${process.pid}-${randomBytes(4).toString('hex')}`;
  inTheMaking.add(draft);
  try {
    mkdirSync(draft, { mode: 0o700 });
    const { uid, gid } = account.identity;
    if (uid !== undefined && gid !== undefined) chownSync(draft, uid, gid);
    await initialise(request, draft);
    publish(draft, cluster);
  } finally {
    inTheMaking.delete(draft);
    rmSync(draft, { recursive: true, force: true });
  }
}

async function initialise({ programs, account, role, isDurable }: ClusterRequest, draft: string): Promise<void> {
  const argv = [...account.prefix, join(programs, 'initdb'), '-D', draft, '-U', role, '--auth=trust', '-E', 'UTF8'];
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

function publish(draft: string, cluster: string): void {
  try {
    renameSync(draft, cluster);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Another starter was first, and its cluster is as good.
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

function clearDrafts(cluster: string): void {
  const folder = dirname(cluster);
  const prefix = basename(draftPrefix(cluster));
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(prefix))) {
    const maker = Number.parseInt(name.slice(prefix.length), 10);
    const isWanted = maker === process.pid ? inTheMaking.has(join(folder, name)) : isAlive(maker);
    if (!isWanted) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

const draftPrefix = (cluster: string): string => `${cluster}.draft-`;
