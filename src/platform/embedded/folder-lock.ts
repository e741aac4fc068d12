import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from './processes.ts';
import { SetupError } from './setup-error.ts';

const POLL_MS = 50;

/** The process that has a lock. Its beginning tells it from a later process with the same number. */
interface Holder {
  readonly pid: number;
  readonly identity: string | undefined;
}

/** Lets go of a lock. */
export type Release = () => void;

/**
 * Takes a lock file for this process. One left by a process that is gone counts for nothing.
 * @returns the pid of the living process that has it, if it cannot be taken
 */
export function takeLock(file: string): { readonly release: Release } | { readonly heldBy: number } {
  for (;;) {
    if (create(file)) return { release: () => rmSync(file, { force: true }) };
    const holder = readHolder(file);
    if (holder && isHeld(holder)) return { heldBy: holder.pid };
    if (holder) removeStale(file, holder);
  }
}

/**
 * Takes a lock file, waiting while another process has it.
 * @throws SetupError naming that process if it does not let go in time
 */
export async function waitForLock(file: string, timeoutMs: number): Promise<Release> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const outcome = takeLock(file);
    if ('release' in outcome) return outcome.release;
    if (performance.now() > deadline)
      throw new SetupError(`${file} is held by process ${outcome.heldBy}: wait for it, or stop it`);
    await sleep(POLL_MS);
  }
}

/** A hard link appears whole and only if there is none yet; a file that is opened and then written does not. */
function create(file: string): boolean {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const holder: Holder = { pid: process.pid, identity: processIdentity(process.pid) };
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

const isHeld = ({ pid, identity }: Holder): boolean => identity !== undefined && processIdentity(pid) === identity;

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return { pid: 0, identity: undefined }; // not written by us, or damaged: nobody has it
  }
}

/** Of several who find the lock stale, one gets to rename it; who renamed a newer one by mistake puts it back. */
function removeStale(file: string, stale: Holder): void {
  const aside = `${file}.stale-${randomBytes(4).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // another process was quicker
  }
  const found = readHolder(aside);
  if (found?.pid === stale.pid && found.identity === stale.identity) rmSync(aside, { force: true });
  else renameSync(aside, file);
}
