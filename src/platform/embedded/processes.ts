import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A program to start on its own, with its output going to a file. */
export interface DetachedProgram {
  /** The program and its arguments. */
  readonly argv: readonly string[];
  /** Appended to. */
  readonly logFile: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

/**
 * Starts a program that outlives this process.
 *
 * It gets a process group of its own: Ctrl-C in the terminal must not stop a database before the application has
 * flushed into it.
 * @returns its process id
 */
export function launchDetached({ argv, logFile, environment, uid, gid }: DetachedProgram): number {
  const log = openSync(logFile, 'a', 0o600);
  const [program = '', ...rest] = argv;
  const child = spawn(program, rest, {
    cwd: '/',
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', log, log],
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  closeSync(log);
  // A program that cannot be executed has no pid; the error would otherwise be thrown a second time, out of reach.
  child.on('error', () => {});
  child.unref();
  if (child.pid === undefined) throw new Error(`${program} cannot be started`);
  return child.pid;
}

/** Whether the process runs. A zombie does not: where nobody reaps orphans, a killed server stays one for ever. */
export function isAlive(pid: number): boolean {
  if (!occupiesPid(pid)) return false;
  return (
    readProc(pid, 'stat')
      ?.replace(/^.*\) /s, '')
      .startsWith('Z') !== true
  );
}

/** Whether the number is in use, were it by a zombie: what other programs see when they probe a lock file's pid. */
export function occupiesPid(pid: number): boolean {
  // Zero and below name process groups, our own among them.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The program and arguments of a running process, or an empty string if there is none or it may not be seen. */
export function commandLine(pid: number): string {
  if (!isAlive(pid)) return '';
  if (process.platform === 'linux') return readProc(pid, 'cmdline')?.replaceAll('\0', ' ').trim() ?? '';
  return askPs(pid, 'args=');
}

/**
 * What tells this process from a later one with the same number: when it began, in the words of the system.
 * @returns undefined if there is no such process
 */
export function processIdentity(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  if (process.platform !== 'linux') return askPs(pid, 'lstart=') || undefined;
  // Field 22 counts from the boot (proc_pid_stat(5)); the name in field 2 may contain spaces, so count after it.
  const startTicks = readProc(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ')[19];
  if (startTicks === undefined) return undefined;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${startTicks}`;
}

function readProc(pid: number, file: 'stat' | 'cmdline'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined; // another system, or the process has just ended
  }
}

function askPs(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}
