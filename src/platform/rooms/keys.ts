import { crc32 } from 'node:zlib';

/** Fixed for ever: a room's keys live in the slot of its partition, so a Redis Cluster can spread rooms by it. */
export const PARTITIONS = 256;

/** How long one generation of remembered ids is written to; ids are recognised for one to two of these. */
export const SEEN_GENERATION_MS = 20 * 60_000;

/** How long a wholly stored room that nobody writes to stays in Redis. */
export const IDLE_ROOM_TTL_SECONDS = 24 * 3_600;

export const partitionOf = (room: string): number => crc32(room) % PARTITIONS;

/** The hash tag that every key of the partition carries. */
const tag = (partition: number): string => `{r${partition}}`;

/** What every key of the partition begins with; scripts build the keys of its rooms from it. */
export const partitionPrefix = tag;

/**
 * HASH: e epoch, s last seq, o last ordinal, d durable seq, i Redis instance, r since when ids are remembered, a until when
 * all ids there ever were are; while entries of an earlier epoch wait to be stored, b where this one's numbers begin and k
 * how many it skipped.
 */
export const metaKey = (room: string): string => `${tag(partitionOf(room))}:meta:${room}`;

/** STREAM, ids `<seq>-0`: t time in ms, o ordinal, e entry, h hidden, a affected users, v evicted users. */
export const logKey = (room: string): string => `${tag(partitionOf(room))}:log:${room}`;

/** HASH: idempotency id -> seq; one for each generation, counted by Redis' time, forgotten by expiry. */
export const seenKey = (room: string, generation: number): string =>
  `${tag(partitionOf(room))}:seen:${room}:${generation}`;

/** ZSET: room -> time of its oldest entry that is not stored yet. */
export const dirtyKey = (partition: number): string => `${tag(partition)}:dirty`;

/** STRING with expiry: the worker that is storing the partition. */
export const leaseKey = (partition: number): string => `${tag(partition)}:lease`;

/** Sharded pub/sub channel of the room's live entries. */
export const channelOf = (room: string): string => `${tag(partitionOf(room))}:live:${room}`;

/** The keys every appending script takes, in this order. */
export const appendKeys = (room: string): string[] => {
  const partition = partitionOf(room);
  const prefix = tag(partition);
  return [`${prefix}:meta:${room}`, `${prefix}:log:${room}`, `${prefix}:dirty`, `${prefix}:live:${room}`];
};
