import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { RoomHandler } from '../../kernel/domain.ts';
import type { Database, Transaction } from '../../platform/db/client.ts';
import { newId } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { createPartitions, entriesEach, type TakenPartition } from './partition.ts';
import { createStopAlarm } from './stop-alarm.ts';
import { createStore } from './store.ts';
import { storedRoom } from './stored-room.ts';
import { createStuckRooms } from './stuck-rooms.ts';

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

const sizeOf = ({ rooms }: TakenPartition): number => rooms.reduce((sum, { entries }) => sum + entries.length, 0);

/** Gathers partitions into transactions of about MAX_BATCH entries; none is split, so each can be finished with its batch. */
const intoBatches = (partitions: TakenPartition[]): TakenPartition[][] => {
  const batches: TakenPartition[][] = [];
  let current: TakenPartition[] = [];
  let size = 0;
  for (const partition of partitions) {
    if (size > 0 && size + sizeOf(partition) > MAX_BATCH) {
      batches.push(current);
      current = [];
      size = 0;
    }
    current.push(partition);
    size += sizeOf(partition);
  }
  return current.length > 0 ? [...batches, current] : batches;
};

/** Moves the rooms' logs into PostgreSQL, in order, for ever. Safe to run in any number of workers, and to kill. */
export const persistRooms = (parts: PersistParts): { stop: () => Promise<void> } => {
  const { redis, logger, metrics } = parts;
  const partitions = createPartitions(redis, newId());
  const store = createStore(parts);
  const stuck = createStuckRooms({ partitions, store, logger, metrics });
  const alarm = createStopAlarm(parts);
  const stopping = new AbortController();

  const tellLag = (taken: TakenPartition[]): void => {
    const first = taken.flatMap(({ rooms }) => rooms.flatMap(({ entries }) => entries.slice(0, 1)));
    const oldestMs = Math.min(...first.map((entry) => entry.atMs));
    if (Number.isFinite(oldestMs)) metrics.persistLag.set(Math.max(0, (Date.now() - oldestMs) / 1_000));
  };

  /** Those that are still this worker's: what another has taken meanwhile is its to store. */
  const renewed = async (batch: TakenPartition[]): Promise<TakenPartition[]> => {
    const kept = await Promise.all(batch.map(({ partition }) => partitions.renew(partition)));
    return batch.filter((_partition, index) => kept[index]);
  };

  const storeBatch = async (batch: TakenPartition[]): Promise<void> => {
    const left = await store(batch.flatMap(({ rooms }) => rooms));
    stuck.add(left);
    const leftRooms = new Set(left.map(({ room }) => room.room));
    const finish = async ({ partition, rooms }: TakenPartition): Promise<void> => {
      const stored = rooms.filter(({ room }) => !leftRooms.has(room));
      await partitions.finish(partition, stored.map(storedRoom), true);
      metrics.persistedEntries.inc(sizeOf({ partition, rooms: stored, isFull: false }));
    };
    await Promise.all(batch.map(finish));
    for (const [kind, handler] of parts.rooms) {
      handler.stored?.(
        batch.flatMap(({ rooms }) => rooms.filter((room) => room.kind === kind && !leftRooms.has(room.room))),
      );
    }
  };

  const cycle = async (): Promise<Cycle> => {
    const wanted = await partitions.waiting();
    const each = entriesEach(wanted.length);
    const taken = await Promise.all(wanted.map((partition) => partitions.take(partition, each, stuck.of(partition))));
    const own = taken.flatMap((partition) => partition ?? []);
    tellLag(own);
    const [first = [], ...later] = intoBatches(own);
    if (first.length > 0) await storeBatch(first);
    for (const batch of later) await storeBatch(await renewed(batch));
    alarm.clear();
    stuck.tryNext();
    return { stored: own.some((partition) => sizeOf(partition) > 0), more: own.some(({ isFull }) => isFull) };
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const startedAtMs = performance.now();
      const restMs = await cycle().then(restAfter, async (error: unknown) => {
        // The rooms stay dirty, and the next look finds them.
        if (!stopping.signal.aborted) alarm.raise(error);
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
      await stuck.stop();
    },
  };
};
