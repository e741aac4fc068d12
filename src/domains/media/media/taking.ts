import { AppError } from '../../../kernel/errors.ts';

/** Bytes of uploads that one process holds in memory, at most: those that have arrived. */
const MAX_BYTES = 128 * 1_024 * 1_024;
/** Uploads of one person that are read at once; others of theirs stand in line, unread. */
const AT_ONCE = 2;
/** In that line: a message may have ten pictures. */
const MAX_IN_LINE = 20;
const RETRY_AFTER_MS = 2_000;

/**
 * Does `work` while its bytes are counted as they arrive, two at once of a person's.
 * @param work gets what counts its bytes, which throws OVERLOADED when this process may not hold them beside the others'
 * @throws OVERLOADED when too many of this person's wait already
 */
export type Taking = <Result>(
  ownerId: string,
  work: (arrived: (bytes: number) => void) => Promise<Result>,
) => Promise<Result>;

interface Line {
  running: number;
  waiting: (() => void)[];
}

/** Counts the bytes of uploads that are under way in this process. */
export const createTaking = (limits = { bytes: MAX_BYTES, atOnce: AT_ONCE, inLine: MAX_IN_LINE }): Taking => {
  const lines = new Map<string, Line>();
  let total = 0;
  return async (ownerId, work) => {
    const leave = await enter(lines, ownerId, limits);
    let own = 0;
    try {
      return await work((bytes) => {
        if (total + bytes > limits.bytes) throw overloaded();
        total += bytes;
        own += bytes;
      });
    } finally {
      total -= own;
      leave();
    }
  };
};

/** Waits for one's turn among the same person's. @returns what gives the place to the next @throws OVERLOADED */
const enter = async (
  lines: Map<string, Line>,
  ownerId: string,
  { atOnce, inLine }: { atOnce: number; inLine: number },
): Promise<() => void> => {
  const line = lines.get(ownerId) ?? { running: 0, waiting: [] };
  lines.set(ownerId, line);
  if (line.running < atOnce) {
    line.running += 1;
  } else {
    if (line.waiting.length >= inLine) throw overloaded();
    await new Promise<void>((resolve) => line.waiting.push(resolve));
  }
  return () => {
    const next = line.waiting.shift();
    if (next) return next();
    line.running -= 1;
    if (line.running === 0) lines.delete(ownerId);
  };
};

const overloaded = (): AppError =>
  new AppError('OVERLOADED', 'Too many uploads are under way.', { retryAfterMs: RETRY_AFTER_MS });
