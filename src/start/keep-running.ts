import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../platform/embedded/setup-error.ts';
import { restartDelayMs } from './restart-delay.ts';

/** One life of something supervised. */
export interface Life {
  readonly pid: number;
  /** Where it can be reached, or what it does, for the log. */
  readonly place: string;
  /** Resolves when it serves; stays pending if it ends before. */
  readonly ready: Promise<void>;
  /** Resolves with how it ended, e.g. `by SIGKILL`. */
  readonly ended: Promise<string>;
  /** Asks it to end, insists after a grace, and waits. */
  stop(): Promise<void>;
  /** Ends it at once, if that is harmless. */
  kill(): void;
}

/** Writes one line under a name. */
export type Say = (name: string, line: string) => void;

/** What to keep running, and how. */
export interface Keeping {
  readonly name: string;
  start(): Promise<Life>;
  /** How often it may fail before it has been ready once; after that it is started again for ever. */
  readonly firstTries: number;
  readonly say: Say;
}

/** Something that is started again whenever it ends, until it is stopped. */
export interface Kept {
  readonly name: string;
  /** Resolves when it has been ready for the first time; rejects if it never gets there. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
  kill(): void;
}

/** Starts something and starts it again whenever it ends. */
export function keepRunning(keeping: Keeping): Kept {
  const state: State = { current: undefined, isStopping: false, wasReady: false, waker: new AbortController() };
  let lives: Promise<void> = Promise.resolve();
  const ready = new Promise<void>((resolve, reject) => {
    lives = liveAndLiveAgain(keeping, state, resolve).catch(reject);
  });
  return {
    name: keeping.name,
    ready,
    stop: async () => {
      state.isStopping = true;
      state.waker.abort();
      await state.current?.stop();
      await lives;
    },
    kill: () => state.current?.kill(),
  };
}

interface State {
  current: Life | undefined;
  isStopping: boolean;
  wasReady: boolean;
  /** Cuts the wait before a restart short. */
  readonly waker: AbortController;
}

async function liveAndLiveAgain(keeping: Keeping, state: State, onReady: () => void): Promise<void> {
  let waitedMs: number | undefined;
  for (let failures = 1; !state.isStopping; failures += 1) {
    const beganAt = performance.now();
    const how = await liveOnce(keeping, state, onReady);
    if (state.isStopping) return;
    if (!state.wasReady && failures >= keeping.firstTries)
      throw new SetupError(`${keeping.name} does not start, it ended ${how}: its lines above say why`);

    waitedMs = restartDelayMs({ livedMs: performance.now() - beganAt, waitedMs });
    const soon = waitedMs === 0 ? '' : ` in ${waitedMs / 1000} s`;
    keeping.say(keeping.name, `ended ${how}; starting it again${soon}`);
    await sleep(waitedMs, undefined, { signal: state.waker.signal }).catch(() => {});
  }
}

/** @returns how it ended */
async function liveOnce({ name, start, say, firstTries }: Keeping, state: State, onReady: () => void): Promise<string> {
  try {
    const life = await start();
    state.current = life;
    if (state.isStopping) await life.stop();
    void life.ready.then(() => {
      state.wasReady = true;
      say(name, `pid ${life.pid}, ${life.place}`);
      onReady();
    });
    return await life.ended;
  } catch (error) {
    // What is tried only once fails with its own words; later on, the next try may well succeed.
    if (!state.wasReady && firstTries === 1) throw error;
    return `with ${error instanceof Error ? error.message : error}`;
  } finally {
    state.current = undefined;
  }
}
