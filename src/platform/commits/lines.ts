import { createTurns, type Turns } from '../turns.ts';
import { overloaded } from './waiting-calls.ts';

/**
 * Calls about one thing that this node has with workers at most: enough that a worker's next group is full when it has
 * decided one, and no more. All others are still here when the last seat goes, where to say so costs little.
 */
const WITH_WORKERS = 128;
/** Calls that stand in line on this node at most. */
const MAX_IN_LINE = 2_000;
/** Who has stood longer has too little of the caller's five seconds left to be decided. */
export const PATIENCE_MS = 4_000;

/** Lines of calls that are decided together, one for each thing they are about. */
export interface Lines {
  /**
   * Does the work when the call's turn has come, first come, first served.
   * @param work is told how long the call has stood, in ms
   * @throws OVERLOADED when the lines are full, and when its turn came too late: then nothing was done
   */
  stand: <Result>(subject: string, work: (stoodMs: number) => Promise<Result>) => Promise<Result>;
}

interface Line {
  turns: Turns;
  calls: number;
}

export const createLines = (): Lines => {
  const lines = new Map<string, Line>();
  let inLine = 0;

  const join = (subject: string): Line => {
    const line = lines.get(subject) ?? { turns: createTurns(() => WITH_WORKERS), calls: 0 };
    lines.set(subject, line);
    line.calls += 1;
    return line;
  };

  const leave = (subject: string, line: Line): void => {
    line.calls -= 1;
    if (line.calls === 0) lines.delete(subject);
  };

  return {
    stand: async (subject, work) => {
      if (inLine >= MAX_IN_LINE) throw overloaded();
      const line = join(subject);
      inLine += 1;
      const since = performance.now();
      try {
        return await line.turns.take(async () => {
          inLine -= 1;
          const stoodMs = performance.now() - since;
          if (stoodMs > PATIENCE_MS) throw overloaded();
          return work(stoodMs);
        });
      } finally {
        leave(subject, line);
      }
    },
  };
};
