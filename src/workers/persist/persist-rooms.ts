import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { RoomHandler } from '../../kernel/domain.ts';
import type { Database, Transaction } from '../../platform/db/client.ts';
import { newId } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { createPartitions, isFull, type TakenRoom } from './partition.ts';
import { createStore } from './store.ts';

/** How often to look for rooms that have something to store: what follows a quiet second is stored this soon. */
const LOOK_MS = 200;
/**
 * Batches start at least this far apart. One costs PostgreSQL, Redis and the nodes about as much for a room as for an
 * entry, so few large ones are worth a later watermark: what waits is on the log's disk, acknowledged and delivered.
 */
const INTERVAL_MS = 1_000;
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

/** What one look at the partitions came to. */
interface Cycle {
  stored: boolean;
  /** A partition gave as much as it may at once and has more. */
  more: boolean;
}

/** How long after its start the next look is due, in milliseconds. */
const restAfter = ({ stored, more }: Cycle): number => {
  if (more) return 0;
  return stored ? INTERVAL_MS : LOOK_MS;
};

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
  const stopping = new AbortController();

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

  const cycle = async (): Promise<Cycle> => {
    const wanted = await partitions.waiting();
    const taken = await Promise.all(
      wanted.map(async (partition) => ({ partition, rooms: await partitions.take(partition) })),
    );
    const own = taken.flatMap(({ partition, rooms }) => (rooms ? [{ partition, rooms }] : []));
    await storeTaken(own.flatMap(({ rooms }) => rooms));
    await Promise.all(own.map(({ partition, rooms }) => finish(partition, rooms)));
    return { stored: own.length > 0, more: own.some(({ rooms }) => isFull(rooms)) };
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const startedAtMs = performance.now();
      const restMs = await cycle().then(restAfter, async (error: unknown) => {
        // Redis or PostgreSQL is away: the rooms stay dirty, and the next look finds them.
        if (!stopping.signal.aborted) logger.warn({ err: error }, 'entries could not be stored yet');
        return RETRY_MS;
      });
      const pauseMs = Math.max(0, restMs - (performance.now() - startedAtMs));
      await pause(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const ended = loop();

  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};
