import { setTimeout as sleep } from 'node:timers/promises';

interface Turn {
  /** The run that has not begun yet; all who come meanwhile wait for it. */
  next: Promise<void> | null;
  /** When the last one ended, by the monotonic clock. */
  endedAtMs: number;
}

/**
 * Runs at most once in `everyMs` for each key: who comes while others wait, waits with them, and the run that they wait for
 * begins after all of them came. Holds one entry for each key that was asked for within the last `everyMs`.
 */
export const coalesce = (
  everyMs: number,
  run: (key: string, id: string) => Promise<void>,
): ((key: string, id: string) => Promise<void>) => {
  const turns = new Map<string, Turn>();
  const begin = async (key: string, id: string, turn: Turn): Promise<void> => {
    const waitMs = turn.endedAtMs + everyMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    turn.next = null;
    try {
      await run(key, id);
    } finally {
      turn.endedAtMs = performance.now();
      if (turn.next === null && turns.get(key) === turn) forget(turns, key, turn, everyMs);
    }
  };
  return (key, id) => {
    const turn = turns.get(key) ?? { next: null, endedAtMs: Number.NEGATIVE_INFINITY };
    turns.set(key, turn);
    turn.next ??= begin(key, id, turn);
    return turn.next;
  };
};

const forget = (turns: Map<string, Turn>, key: string, turn: Turn, afterMs: number): void => {
  const timer = setTimeout(() => {
    if (turn.next === null && turns.get(key) === turn) turns.delete(key);
  }, afterMs);
  timer.unref();
};
