import { AppError } from '../kernel/errors.ts';

export interface BatcherOptions<Item, Result> {
  /** After a batch the room's next one starts this much later; a quiet room's first item does not wait. */
  tickMs: number;
  /** Items of one room that may wait for its next batch. */
  maxPerRoom: number;
  /** Items that may wait on this node. */
  maxWaiting: number;
  /** Handles a batch as one step. @returns for every item its result, or the error it alone failed with */
  flush: (room: string, items: Item[]) => Promise<(Result | AppError)[]>;
}

/**
 * Adds an item to the room's next batch.
 * @throws OVERLOADED when too many wait, what `flush` throws, or the item's own error
 */
export type Submit<Item, Result> = (room: string, item: Item) => Promise<Result>;

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/** Gathers what many ask of one room into batches: one at a time, so that their order is the order of asking. */
export const createBatcher = <Item, Result>(options: BatcherOptions<Item, Result>): Submit<Item, Result> => {
  const { tickMs, maxPerRoom, maxWaiting, flush } = options;
  /** A room is listed from its first item until a tick after its last batch. */
  const rooms = new Map<string, Waiting<Item, Result>[]>();
  let waitingCount = 0;

  const settle = async (room: string, batch: Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await flush(
        room,
        batch.map(({ item }) => item),
      );
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result === undefined) reject(new Error('an item of the batch was not answered'));
        else if (result instanceof AppError) reject(result);
        else resolve(result);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const tick = async (room: string): Promise<void> => {
    const batch = rooms.get(room) ?? [];
    if (batch.length === 0) {
      rooms.delete(room);
      return;
    }
    rooms.set(room, []);
    waitingCount -= batch.length;
    const startedAtMs = performance.now();
    await settle(room, batch);
    setTimeout(() => void tick(room), Math.max(0, tickMs - (performance.now() - startedAtMs)));
  };

  return (room, item) =>
    new Promise((resolve, reject) => {
      const waiting = rooms.get(room);
      if (waitingCount >= maxWaiting || (waiting?.length ?? 0) >= maxPerRoom) {
        reject(new AppError('OVERLOADED', 'Too much is going on in this room.', { retryAfterMs: tickMs }));
        return;
      }
      waitingCount += 1;
      if (waiting) {
        waiting.push({ item, resolve, reject });
        return;
      }
      rooms.set(room, [{ item, resolve, reject }]);
      // Not at once: what came in with the same read of the sockets shares the batch.
      setImmediate(() => void tick(room));
    });
};
