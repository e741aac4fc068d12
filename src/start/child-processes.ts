import { type ChildProcess, fork } from 'node:child_process';
import cluster from 'node:cluster';
import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { forwardLines } from './forward-lines.ts';
import type { Life, Say } from './keep-running.ts';

/** A process drains for up to 30 s by itself. */
const STOP_GRACE_MS = 35_000;

/** What the processes of the server run, and with what. */
export interface ChildPlan {
  /** The program, which sends `{ type: 'ready' }` when it serves and ends by itself on SIGTERM. */
  readonly mainPath: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly port: number;
  readonly say: Say;
}

/** Starts realtime node `index`, counted from 1. All nodes share one port, which this process holds for them. */
export function startNode({ mainPath, environment, port, say }: ChildPlan, index: number): Life {
  cluster.setupPrimary({ exec: mainPath, execArgv: childArguments(), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const node = cluster.fork({ ...environment, ROLES: 'realtime,http', NODE_INDEX: String(index) });
  const place = `http://localhost:${port}, alone on http://localhost:${port + index}`;
  return lifeOf(node.process, { name: `node-${index}`, place, say });
}

/** Starts the worker, in a process group of its own: Ctrl-C must not end it before the nodes have drained. */
export function startWorker({ mainPath, environment, say }: ChildPlan): Life {
  const worker = fork(mainPath, [], {
    detached: true,
    env: { ...environment, ROLES: 'worker' },
    execArgv: childArguments(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return lifeOf(worker, { name: 'worker', place: 'takes jobs', say });
}

/** Arguments to Node that a child shares with us; a debugger's port cannot be shared. */
export const inheritedArguments = (): string[] =>
  process.execArgv.filter((argument) => !argument.startsWith('--inspect'));

/** This module and its neighbour have the same ending, compiled or not. */
function childArguments(): string[] {
  const tether = new URL(`./tether${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  return [...inheritedArguments(), '--import', tether.href];
}

function lifeOf(child: ChildProcess, { name, place, say }: { name: string; place: string; say: Say }): Life {
  forwardLines(child.stdout, (line) => say(name, line));
  forwardLines(child.stderr, (line) => say(name, line));
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `with code ${code}` : `by ${signal}`));
    child.once('error', (error) => resolve(`with ${error.message}`));
  });
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if ((message as { type?: unknown } | null)?.type === 'ready') resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    place,
    ready,
    ended,
    stop: () => stop(child, ended),
    kill: () => child.kill('SIGKILL'),
  };
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  const patience = new AbortController();
  child.kill('SIGTERM');
  const isPatient = sleep(STOP_GRACE_MS, true, { signal: patience.signal }).catch(() => false);
  if (await Promise.race([ended.then(() => false), isPatient])) child.kill('SIGKILL');
  patience.abort();
  await ended;
}
