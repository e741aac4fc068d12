import type { Redis } from 'ioredis';
import type { RoomBatch } from '../../kernel/domain.ts';
import { loadScript, runScript } from '../../platform/redis/script.ts';
import { decodeEntry, fromStream } from '../../platform/rooms/entries.ts';
import { dirtyKey, leaseKey, PARTITIONS, partitionPrefix } from '../../platform/rooms/keys.ts';

const WAITING = loadScript(new URL('./waiting.lua', import.meta.url));
const TAKE = loadScript(new URL('./take.lua', import.meta.url));
const FINISH = loadScript(new URL('./finish.lua', import.meta.url));

/** Longer than a batch's transaction may run, so that two workers do not store one partition at once. */
export const LEASE_MS = 6_000;
const MAX_ROOMS = 200;
const MAX_ENTRIES = 500;
/** Stored entries that a room's log keeps for those who reconnect. */
const KEPT_ENTRIES = 1_000;
const IDLE_ROOM_TTL_SECONDS = 24 * 3_600;

export interface TakenRoom extends RoomBatch {
  kind: string;
  partition: number;
}

/** Whether a take was ended by its bounds and not by the partition's end. */
export const isFull = (rooms: TakenRoom[]): boolean =>
  rooms.length >= MAX_ROOMS || rooms.reduce((sum, { entries }) => sum + entries.length, 0) >= MAX_ENTRIES;

/** A worker's view of partitions: take what waits, later say what was stored. */
export const createPartitions = (redis: Redis, workerId: string) => ({
  /** The partitions that have something to store. */
  waiting: async (): Promise<number[]> =>
    // Safe: the shape is waiting.lua's.
    (await runScript(redis, WAITING, [], [PARTITIONS])) as number[],

  /** What the partition's rooms have to store; null when another worker is at it. */
  take: async (partition: number): Promise<TakenRoom[] | null> => {
    const args = [workerId, LEASE_MS, MAX_ROOMS, MAX_ENTRIES, partitionPrefix(partition)];
    const reply = await runScript(redis, TAKE, [leaseKey(partition), dirtyKey(partition)], args);
    if (!Array.isArray(reply)) return null;
    // Safe: the shape is take.lua's.
    return (reply as [string, string, [string, string[]][]][]).map(([room, epoch, entries]) => {
      const colon = room.indexOf(':');
      const kind = room.slice(0, colon);
      const id = room.slice(colon + 1);
      return { partition, room, kind, id, epoch, entries: entries.map((raw) => decodeEntry(fromStream(raw))) };
    });
  },

  finish: async (partition: number, stored: { room: string; seq: number }[]): Promise<void> => {
    const pairs = stored.flatMap(({ room, seq }) => [room, seq]);
    const args = [workerId, KEPT_ENTRIES, IDLE_ROOM_TTL_SECONDS, partitionPrefix(partition), ...pairs];
    await runScript(redis, FINISH, [leaseKey(partition), dirtyKey(partition)], args);
  },
});

export type Partitions = ReturnType<typeof createPartitions>;
