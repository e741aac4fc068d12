import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const STOP_TIMEOUT_MS = 20_000;
const LOG_TAIL_CHARACTERS = 2_000;

/** A process that was started and said that it is ready. */
export interface Child {
  pid: number;
  /** Asks it to end, and makes it end after 20 s. */
  stop(): Promise<void>;
}

/** What to start and how to know that it is up. Everything it prints goes to `log`. */
export interface ChildOptions {
  command: string;
  args: string[];
  env?: Record<string, string>;
  log: string;
  isReady: () => Promise<boolean> | boolean;
  timeoutMs: number;
}

/** Starts a process and waits until it is ready. @throws Error with the end of its log when it is not in time */
export async function startChild(options: ChildOptions): Promise<Child> {
  mkdirSync(dirname(options.log), { recursive: true });
  const output = createWriteStream(options.log);
  const child = spawn(options.command, options.args, {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const stop = () => stopChild(child);
  try {
    await waitUntilReady(child, options);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid ?? 0, stop };
}

async function waitUntilReady(child: ChildProcess, options: ChildOptions): Promise<void> {
  const giveUpAt = Date.now() + options.timeoutMs;
  while (!(await options.isReady())) {
    if (child.exitCode !== null || child.pid === undefined)
      throw new Error(`${options.command} ended:\n${tail(options.log)}`);
    if (Date.now() > giveUpAt) throw new Error(`${options.command} is not ready:\n${tail(options.log)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(force);
}

const tail = (log: string): string => readFileSync(log, 'utf8').slice(-LOG_TAIL_CHARACTERS);
