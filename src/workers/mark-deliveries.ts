import type { Database } from '../platform/db/client.ts';
import { type Delivered, markDone } from '../platform/facts/marks.ts';

/** Writes down that facts were delivered. */
export interface Marker {
  /** Resolves when it is written. @throws what the statement threw */
  mark: (delivered: Delivered) => Promise<void>;
}

/**
 * Writes what is delivered while one statement runs with the next one: the busier the worker, the more rows a statement has.
 * What waits is bounded by the consumer, which runs so many deliveries at once and no more.
 */
export const createMarker = (database: Database): Marker => {
  let gathering: Delivered[] = [];
  let next: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const write = async (): Promise<void> => {
    await last;
    const rows = gathering;
    gathering = [];
    next = null;
    const writing = markDone(database, rows);
    last = writing.catch(() => {});
    await writing;
  };

  return {
    mark: (delivered) => {
      gathering.push(delivered);
      next ??= write();
      return next;
    },
  };
};
