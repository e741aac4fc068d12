import type { Redis } from 'ioredis';
import type { RoomBatch } from '../../kernel/domain.ts';
import { loadScript, runScript } from '../../platform/redis/script.ts';
import { decodeEntry, fromStream } from '../../platform/rooms/entries.ts';
import {
  dirtyKey,
  IDLE_ROOM_TTL_SECONDS,
  leaseKey,
  logKey,
  metaKey,
  PARTITIONS,
  partitionPrefix,
} from '../../platform/rooms/keys.ts';

const WAITING = loadScript(new URL('./waiting.lua', import.meta.url));
const TAKE = loadScript(new URL('./take.lua', import.meta.url));
const RENEW = loadScript(new URL('./renew.lua', import.meta.url));
const FINISH = loadScript(new URL('./finish.lua', import.meta.url));

/** Longer than a batch's transaction may run; a worker renews it before each batch. */
export const LEASE_MS = 6_000;
const MAX_ROOMS = 200;
const MAX_ENTRIES = 500;
/** What one look takes of all partitions together, so that it is stored soon and the others' turn comes. */
const MAX_ENTRIES_A_LOOK = 8_000;
/** Stored entries that a room's log keeps for those who reconnect. */
const KEPT_ENTRIES = 1_000;

export interface TakenRoom extends RoomBatch {
  kind: string;
  partition: number;
}

/** What a worker has taken of a partition. */
export interface TakenPartition {
  partition: number;
  rooms: TakenRoom[];
  /** Whether the take was ended by its bounds and not by the partition's end. */
  isFull: boolean;
}

/** How far a room's entries of one epoch are stored. */
export interface StoredRoom {
  room: string;
  epoch: string;
  seq: number;
}

/** How many entries may be taken of each of so many partitions. */
export const entriesEach = (partitions: number): number =>
  Math.max(1, Math.min(MAX_ENTRIES, Math.floor(MAX_ENTRIES_A_LOOK / partitions)));

const takenRoom = (partition: number, [room, epoch, entries]: [string, string, [string, string[]][]]): TakenRoom => {
  const colon = room.indexOf(':');
  const decoded = entries.map((raw) => decodeEntry(fromStream(raw)));
  return { partition, room, kind: room.slice(0, colon), id: room.slice(colon + 1), epoch, entries: decoded };
};

/** A worker's view of partitions: take what waits, later say what was stored. */
export const createPartitions = (redis: Redis, workerId: string) => ({
  /** The partitions that have something to store. */
  waiting: async (): Promise<number[]> =>
    // Safe: the shape is waiting.lua's.
    (await runScript(redis, WAITING, [], [PARTITIONS])) as number[],

  /**
   * What the partition's rooms have to store; null when another worker is at it.
   * @param maxEntries more are left to the next take @param passedOver rooms that are left out
   */
  take: async (partition: number, maxEntries: number, passedOver: string[]): Promise<TakenPartition | null> => {
    const args = [workerId, LEASE_MS, MAX_ROOMS, maxEntries, partitionPrefix(partition), ...passedOver];
    const reply = await runScript(redis, TAKE, [leaseKey(partition), dirtyKey(partition)], args);
    if (!Array.isArray(reply)) return null;
    // Safe: the shape is take.lua's.
    const rooms = (reply as Parameters<typeof takenRoom>[1][]).map((raw) => takenRoom(partition, raw));
    const entries = rooms.reduce((sum, room) => sum + room.entries.length, 0);
    return { partition, rooms, isFull: rooms.length >= MAX_ROOMS || entries >= maxEntries };
  },

  /** What one room has to store now, without the partition's lease; null when it is no longer in Redis. */
  look: async ({ partition, room }: TakenRoom): Promise<TakenRoom | null> => {
    const [epoch, durable] = await redis.hmget(metaKey(room), 'e', 'd');
    if (!epoch) return null;
    const entries = await redis.xrange(logKey(room), `(${durable}-0`, '+', 'COUNT', MAX_ENTRIES);
    return takenRoom(partition, [room, epoch, entries]);
  },

  /** @returns whether the partition is still this worker's, for another lease's time */
  renew: async (partition: number): Promise<boolean> =>
    (await runScript(redis, RENEW, [leaseKey(partition)], [workerId, LEASE_MS])) === 1,

  /** Says what was stored. @param giveBack whether other workers may take the partition now */
  finish: async (partition: number, stored: StoredRoom[], giveBack: boolean): Promise<void> => {
    const places = stored.flatMap(({ room, epoch, seq }) => [room, epoch, seq]);
    const bounds = [KEPT_ENTRIES, IDLE_ROOM_TTL_SECONDS, partitionPrefix(partition)];
    const args = [workerId, ...bounds, giveBack ? 1 : 0, ...places];
    await runScript(redis, FINISH, [leaseKey(partition), dirtyKey(partition)], args);
  },
});

export type Partitions = ReturnType<typeof createPartitions>;
