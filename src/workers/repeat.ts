import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../platform/log.ts';

/** Something that a worker does again and again. */
export interface Repeating {
  /** Ends it and waits for the turn that is under way. */
  stop: () => Promise<void>;
}

interface Rhythm {
  /** The pause between two turns, in milliseconds. */
  everyMs: number;
  log: Log;
  /** The log's line when a turn fails; the next one tries again. */
  failure: string;
}

/** Runs `turn` at once and then with pauses that are spread, so that several workers do not ask at the same moment for ever. */
export const repeat = (
  { everyMs, log, failure }: Rhythm,
  turn: (isStopping: () => boolean) => Promise<void>,
): Repeating => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await turn(() => signal.aborted).catch((error: unknown) => log.debug({ err: error }, failure));
      await pause(everyMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => {});
    }
  };
  const ended = run();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};
