import type { Redis } from 'ioredis';
import type { RoomHandler } from '../../kernel/domain.ts';
import type { Database, Transaction } from '../../platform/db/client.ts';
import { newId } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { createPartitions, type TakenRoom } from './partition.ts';
import { createStore } from './store.ts';

/** Batches start at least this far apart: what arrives meanwhile shares one transaction. */
const MIN_INTERVAL_MS = 150;
const MAX_INTERVAL_MS = 600;
/**
 * A batch costs Redis and the nodes about as much for each room as for each entry, so with many busy rooms fewer and
 * larger batches are worth a later watermark.
 */
const INTERVAL_MS_PER_ROOM = 1;
/** Entries of one transaction. */
const MAX_BATCH = 1_000;
const RETRY_MS = 500;

export interface PersistParts {
  /** The log's Redis. */
  redis: Redis;
  database: Database;
  rooms: ReadonlyMap<string, RoomHandler<Transaction>>;
  logger: Log;
  metrics: Metrics;
}

/** Splits rooms into transactions of at most MAX_BATCH entries; a room is never split, so its order is one transaction's. */
const intoBatches = (rooms: TakenRoom[]): TakenRoom[][] => {
  const batches: TakenRoom[][] = [];
  let current: TakenRoom[] = [];
  let size = 0;
  for (const room of rooms) {
    if (size > 0 && size + room.entries.length > MAX_BATCH) {
      batches.push(current);
      current = [];
      size = 0;
    }
    current.push(room);
    size += room.entries.length;
  }
  return current.length > 0 ? [...batches, current] : batches;
};

/** Moves the rooms' logs into PostgreSQL, in order, for ever. Safe to run in any number of workers, and to kill. */
export const persistRooms = (parts: PersistParts): { stop: () => Promise<void> } => {
  const { redis, logger, metrics } = parts;
  const partitions = createPartitions(redis, newId());
  const store = createStore(parts);
  let running = true;

  const finish = async (partition: number, rooms: TakenRoom[]): Promise<void> => {
    const stored = rooms.map(({ room, entries }) => ({ room, seq: entries.at(-1)?.seq ?? 0 }));
    await partitions.finish(partition, stored);
  };

  const storeTaken = async (taken: TakenRoom[]): Promise<void> => {
    const oldestMs = Math.min(...taken.flatMap(({ entries }) => entries.slice(0, 1).map((entry) => entry.atMs)));
    if (Number.isFinite(oldestMs)) metrics.persistLag.set(Math.max(0, (Date.now() - oldestMs) / 1_000));
    for (const batch of intoBatches(taken)) {
      await store(batch);
      metrics.persistedEntries.inc(batch.reduce((sum, { entries }) => sum + entries.length, 0));
    }
  };

  /** @returns how many rooms had something to store */
  const cycle = async (): Promise<number> => {
    const wanted = await partitions.waiting();
    const taken = await Promise.all(
      wanted.map(async (partition) => ({ partition, rooms: await partitions.take(partition) })),
    );
    const own = taken.flatMap(({ partition, rooms }) => (rooms ? [{ partition, rooms }] : []));
    await storeTaken(own.flatMap(({ rooms }) => rooms));
    await Promise.all(own.map(({ partition, rooms }) => finish(partition, rooms)));
    return own.reduce((sum, { rooms }) => sum + rooms.length, 0);
  };

  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  const loop = async (): Promise<void> => {
    while (running) {
      const startedAtMs = performance.now();
      let rooms = 0;
      try {
        rooms = await cycle();
      } catch (error) {
        // Redis or PostgreSQL is away: the rooms stay dirty, and the next look finds them.
        if (running) logger.warn({ err: error }, 'entries could not be stored yet');
        await sleep(RETRY_MS);
      }
      const intervalMs = Math.min(MAX_INTERVAL_MS, MIN_INTERVAL_MS + rooms * INTERVAL_MS_PER_ROOM);
      await sleep(Math.max(0, intervalMs - (performance.now() - startedAtMs)));
    }
  };
  const ended = loop();

  return {
    stop: async () => {
      running = false;
      await ended;
    },
  };
};
