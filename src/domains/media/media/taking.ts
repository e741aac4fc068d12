import { AppError } from '../../../kernel/errors.ts';

/** Bytes of uploads that one process holds in memory, at most. */
const MAX_BYTES = 128 * 1_024 * 1_024;
/** Of one person's, so that nobody holds up everybody else. */
const MAX_BYTES_OF_ONE = 32 * 1_024 * 1_024;
const RETRY_AFTER_MS = 2_000;

/**
 * Does `work` while its bytes are counted.
 * @throws OVERLOADED when that would be more than this process, or this person, may hold at once
 */
export type Taking = <Result>(
  upload: { ownerId: string; byteSize: number },
  work: () => Promise<Result>,
) => Promise<Result>;

/** Counts the bytes of uploads that are under way in this process. */
export const createTaking = (limits = { all: MAX_BYTES, ofOne: MAX_BYTES_OF_ONE }): Taking => {
  const held = new Map<string, number>();
  let total = 0;
  const hold = (ownerId: string, bytes: number): void => {
    total += bytes;
    const own = (held.get(ownerId) ?? 0) + bytes;
    if (own > 0) held.set(ownerId, own);
    else held.delete(ownerId);
  };
  return async ({ ownerId, byteSize }, work) => {
    const own = held.get(ownerId) ?? 0;
    if (total + byteSize > limits.all || own + byteSize > limits.ofOne) {
      throw new AppError('OVERLOADED', 'Too many uploads are under way.', { retryAfterMs: RETRY_AFTER_MS });
    }
    hold(ownerId, byteSize);
    try {
      return await work();
    } finally {
      hold(ownerId, -byteSize);
    }
  };
};
