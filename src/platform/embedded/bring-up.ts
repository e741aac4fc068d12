import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitForLock } from './folder-lock.ts';
import { choosePort, rememberPort } from './ports.ts';
import { isAlive } from './processes.ts';
import { beginLog, readLogSince } from './server-log.ts';
import { SetupError } from './setup-error.ts';

/** Crash recovery and long append-only files are read before a server answers. */
const START_TIMEOUT_MS = 120_000;
const POLL_MS = 25;
const RETRY_MS = 250;
const SLOW_START_MS = 5_000;
const SHOWN_LINES = 8;

/** A database server of ours that answers, on 127.0.0.1 only. */
export interface EmbeddedDatabase {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** It ran already, left by a process that was killed, and was started from the same data folder. */
  readonly adopted: boolean;
  /** Ends it and waits until it has gone; does nothing if it has. */
  stop(): Promise<void>;
  /** Resolves when its process has ended, for whatever reason. */
  ended(): Promise<void>;
}

/** Told one line each time there is something to wait for. */
export type OnProgress = (line: string) => void;

/** Who runs, and where. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/** Starts the server on this port and returns its process id. */
export type Launch = (port: number) => number;

/** What differs between one kind of database and another. */
export interface ServerKind {
  readonly name: string;
  readonly dataDir: string;
  readonly logFile: string;
  /** The server of this very data folder if it runs, ready or not. Must not report a server of somebody else. */
  findRunning(): Promise<RunningServer | undefined>;
  /** Finds the programs and readies the data folder; called only if no server runs. */
  prepare(onProgress: OnProgress): Promise<Launch>;
  isReady(server: RunningServer): Promise<boolean>;
  /** Whether the process is still the server of this folder, and not a later one that got its number. */
  isOurs(server: RunningServer): boolean;
  urlOf(port: number): string;
  /** What its log says when the cause passes by itself: a lock or a port about to be released. */
  readonly passingTrouble: RegExp;
  /** Signals to end it, gentlest first, each with the time it is given. */
  readonly stopSignals: readonly { readonly signal: NodeJS.Signals; readonly waitMs: number }[];
}

/** What the starter asks for. */
export interface BringUpRequest {
  /** Only this port will do; without it the one it had last time, or any free one. */
  readonly port?: number | undefined;
  readonly onProgress: OnProgress;
}

/**
 * Adopts the server of a data folder if it runs, else starts it, and returns when it answers.
 *
 * Of several starters at once one starts it and the others adopt it: Redis itself would let two servers write the same
 * files.
 * @throws SetupError with the end of the server's log if it does not come up
 */
export async function bringUp(kind: ServerKind, request: BringUpRequest): Promise<EmbeddedDatabase> {
  const release = await waitForLock(join(kind.dataDir, 'starting.lock'), START_TIMEOUT_MS);
  try {
    return await adoptOrStart(kind, request);
  } finally {
    release();
  }
}

async function adoptOrStart(kind: ServerKind, { port, onProgress }: BringUpRequest): Promise<EmbeddedDatabase> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  let launch: Launch | undefined;
  let lastWords = '';
  while (performance.now() < deadline) {
    const running = await kind.findRunning();
    if (running && (await answers(kind, running, onProgress))) return handleOf(kind, running, true);

    launch ??= await kind.prepare(onProgress);
    const logBeginning = beginLog(kind.logFile);
    const started = await launchOn(kind, launch, port);
    if (await answers(kind, started, onProgress)) return handleOf(kind, started, false);
    lastWords = readLogSince(kind.logFile, logBeginning);
    if (!kind.passingTrouble.test(lastWords)) break;
    await sleep(RETRY_MS);
  }
  const words = lastWords.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
  throw new SetupError(`${kind.name} ended while starting, and ${kind.logFile} says\n${words}`);
}

/** Stops the server of a data folder if it runs; starts nothing. */
export async function shutDown(kind: ServerKind): Promise<void> {
  const running = await kind.findRunning();
  if (running) await stop(kind, running);
}

async function launchOn(kind: ServerKind, launch: Launch, wanted: number | undefined): Promise<RunningServer> {
  const port = wanted ?? (await choosePort(kind.dataDir));
  if (wanted !== undefined) rememberPort(kind.dataDir, wanted);
  return { pid: launch(port), port };
}

/** Waits until the server is ready (true) or has ended (false). An open port alone is not readiness. */
async function answers(kind: ServerKind, server: RunningServer, onProgress: OnProgress): Promise<boolean> {
  const beganAt = performance.now();
  let saidSo = false;
  while (isAlive(server.pid)) {
    if (await kind.isReady(server)) return true;
    const waitedMs = performance.now() - beganAt;
    if (waitedMs > START_TIMEOUT_MS) throw new SetupError(`${kind.name} (pid ${server.pid}) runs but does not answer`);
    if (waitedMs > SLOW_START_MS && !saidSo) onProgress(`${kind.name} is still reading its files`);
    saidSo ||= waitedMs > SLOW_START_MS;
    await sleep(POLL_MS);
  }
  return false;
}

function handleOf(kind: ServerKind, server: RunningServer, adopted: boolean): EmbeddedDatabase {
  return {
    ...server,
    url: kind.urlOf(server.port),
    adopted,
    stop: () => stop(kind, server),
    ended: () => untilEnded(server.pid),
  };
}

async function stop(kind: ServerKind, server: RunningServer): Promise<void> {
  for (const { signal, waitMs } of kind.stopSignals) {
    if (!isAlive(server.pid) || !kind.isOurs(server)) return;
    process.kill(server.pid, signal);
    const deadline = performance.now() + waitMs;
    while (isAlive(server.pid) && performance.now() < deadline) await sleep(POLL_MS);
  }
  if (isAlive(server.pid)) throw new Error(`${kind.name} (pid ${server.pid}) cannot be stopped`);
}

async function untilEnded(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(POLL_MS * 4);
}
