import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from './bring-up.ts';
import { commandLine, isAlive, occupiesPid } from './processes.ts';
import { SetupError } from './setup-error.ts';

/** What a postmaster says of itself in `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** `starting`, `ready`, `stopping`; empty while the file is being written. */
  readonly status: string;
}

const LOCK_FILE = 'postmaster.pid';
const POLL_MS = 25;

/**
 * The postmaster that runs on this cluster, also one that is still starting; one that is stopping is waited for.
 *
 * A lock file whose number now belongs to something else is removed: PostgreSQL would take that process for itself
 * and refuse to start. A lock file of a process that is gone is left to PostgreSQL, which sees that by itself.
 */
export async function findPostmaster(cluster: string): Promise<RunningServer | undefined> {
  for (;;) {
    const noted = readPostmasterFile(cluster);
    if (!noted) return undefined;
    if (!isPostmasterOf(cluster, noted.pid)) {
      if (occupiesPid(noted.pid) && readPostmasterFile(cluster)?.pid === noted.pid) rmSync(join(cluster, LOCK_FILE));
      return undefined;
    }
    if (noted.status === 'starting' || noted.status === 'ready') return noted;
    await sleep(POLL_MS);
  }
}

/** Whether this process is the postmaster of this cluster: we always name the folder on the command line. */
export function isPostmasterOf(cluster: string, pid: number): boolean {
  return isAlive(pid) && `${commandLine(pid)} `.includes(` -D ${cluster} `);
}

/**
 * Reads the lock file: line 1 is the pid, 4 the port, 8 the status (PostgreSQL, src/include/utils/pidfile.h).
 * @returns undefined if there is none
 * @throws SetupError if the cluster belongs to somebody else
 */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(cluster, LOCK_FILE), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code !== 'EACCES') throw error;
    throw new SetupError(
      `${cluster} belongs to another user: start as that user, remove it, or set RALLY_DATA_DIR to another folder`,
    );
  }
}
