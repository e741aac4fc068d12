import type { AppError } from '../../kernel/errors.ts';
import type { EarlyCall, Handler } from '../../kernel/handler.ts';
import { overloaded } from './waiting-calls.ts';

/**
 * Calls about one thing that this node has with workers at most: enough that a worker's next group is full when it has
 * decided one, and no more. All others are still here when the last seat goes, where to say so costs little.
 */
const WITH_WORKERS = 128;
/** Calls that stand in line on this node at most. */
const MAX_IN_LINE = 2_000;
/** Calls that are looked at in one step at most while they come in vain. */
const MAX_SCREENED = 500;
/** Who has stood longer has too little of the caller's five seconds left to be decided. */
export const PATIENCE_MS = 4_000;

/** A call that is to be decided together with others. */
export interface GroupedAsking<Result> {
  /** What the calls of its line are about. */
  subject: string;
  /** The handler's, the same for all calls of a line. */
  early: Handler['early'];
  call: EarlyCall;
  /** Asks a worker; told how long the call has stood, in ms. */
  work: (stoodMs: number) => Promise<Result>;
}

/** Lines of calls that are decided together, one for each thing they are about. */
export interface Lines {
  /**
   * Does the work when the call's turn has come, first come, first served.
   * @throws what `early` refuses it with; OVERLOADED when the lines are full, and when its turn came too late: then nothing
   * was done
   */
  stand: <Result>(asking: GroupedAsking<Result>) => Promise<Result>;
}

interface Waiting {
  call: EarlyCall;
  begin: () => void;
  refuse: (error: AppError) => void;
}

interface Line {
  early: Handler['early'];
  /** All that have not been answered. */
  calls: number;
  /** Not looked at yet. */
  waiting: Waiting[];
  /** Looked at: for these a worker is asked as soon as there is room. */
  admitted: Waiting[];
  withWorkers: number;
  isScreening: boolean;
  /** Whether somebody came in vain when the line was last looked at: then all who stand are looked at. */
  isInVain: boolean;
}

const newLine = (early: Handler['early']): Line => ({
  early,
  calls: 0,
  waiting: [],
  admitted: [],
  withWorkers: 0,
  isScreening: false,
  isInVain: false,
});

/** How many to look at next: as many as may begin, or everybody while it is in vain, for refusing takes no room. */
const lookAhead = ({ isInVain, admitted, withWorkers }: Line): number =>
  isInVain ? MAX_SCREENED : Math.max(0, WITH_WORKERS - withWorkers - admitted.length);

const screen = async (line: Line, calls: readonly Waiting[]): Promise<void> => {
  line.isScreening = true;
  // What cannot be looked at is refused by nobody here.
  const refusals = (await line.early?.(calls.map(({ call }) => call)).catch(() => [])) ?? [];
  line.isScreening = false;
  line.isInVain = refusals.some((refusal) => refusal !== null);
  for (const [place, waiting] of calls.entries()) {
    const refusal = refusals[place];
    if (refusal) waiting.refuse(refusal);
    else line.admitted.push(waiting);
  }
};

/** Lets begin who may, and looks at who is next. */
const advance = async (line: Line): Promise<void> => {
  for (;;) {
    while (line.admitted.length > 0 && line.withWorkers < WITH_WORKERS) {
      line.withWorkers += 1;
      line.admitted.shift()?.begin();
    }
    const next = line.isScreening ? [] : line.waiting.splice(0, lookAhead(line));
    if (next.length === 0) return;
    await screen(line, next);
  }
};

const turnOf = (line: Line, call: EarlyCall): Promise<void> =>
  new Promise<void>((begin, refuse) => {
    line.waiting.push({ call, begin, refuse });
    void advance(line);
  });

export const createLines = (): Lines => {
  const lines = new Map<string, Line>();
  let inLine = 0;

  const join = (subject: string, early: Handler['early']): Line => {
    const line = lines.get(subject) ?? newLine(early);
    lines.set(subject, line);
    line.calls += 1;
    return line;
  };

  const leave = (subject: string, line: Line): void => {
    line.calls -= 1;
    if (line.calls === 0) lines.delete(subject);
  };

  const begin = async <Result>(line: Line, since: number, work: GroupedAsking<Result>['work']): Promise<Result> => {
    try {
      const stoodMs = performance.now() - since;
      if (stoodMs > PATIENCE_MS) throw overloaded();
      return await work(stoodMs);
    } finally {
      line.withWorkers -= 1;
      void advance(line);
    }
  };

  return {
    stand: async ({ subject, early, call, work }) => {
      if (inLine >= MAX_IN_LINE) throw overloaded();
      const since = performance.now();
      const line = join(subject, early);
      inLine += 1;
      try {
        await turnOf(line, call).finally(() => {
          inLine -= 1;
        });
        return await begin(line, since, work);
      } finally {
        leave(subject, line);
      }
    },
  };
};
