import { crc32 } from 'node:zlib';

/** Fixed for ever. Few, for the sweeper asks each of them twice a second; enough to spread people over a Redis Cluster. */
export const PARTITIONS = 16;

/** Every partition there is. */
export const ALL_PARTITIONS: readonly number[] = Array.from({ length: PARTITIONS }, (_, partition) => partition);

/** The partition that holds what is known of a person, or of a room's seats. */
export const partitionOf = (id: string): number => crc32(id) % PARTITIONS;

const tag = (partition: number): string => `{p${partition}}`;

/** ZSET: lease -> until when it is good, in ms. One for all nodes. */
export const LEASES = '{p}leases';
/** SET: leases that ran out and whose connections are not all swept yet. */
export const DEAD = '{p}dead';
/** STRING `lease|time in ms`: the node that sweeps, and when it last said so. */
export const SWEEPER = '{p}sweeper';
/** STRING: a name that changes when Redis has lost everything. */
export const EPOCH = '{p}epoch';
/** STRING: when it was noticed that Redis had lost everything, in ms. */
export const EMPTIED = '{p}emptied';
/** STRING: nothing is swept before this time in ms. */
export const QUIET = '{p}quiet';

/**
 * Followed by a user's id. HASH: connection -> `lease|time of its last activity`; `c` what the person chose to be seen as,
 * `a` the last activity of connections that are gone.
 */
export const connectionsPrefix = (partition: number): string => `${tag(partition)}:conns:`;

/** ZSET: user without a connection -> when that makes them offline, in ms. */
export const dueKey = (partition: number): string => `${tag(partition)}:due`;

/** HASH: user -> `last activity|when it was said`, of people who are seen as offline since; until PostgreSQL has it. */
export const leftKey = (partition: number): string => `${tag(partition)}:left`;

/** SET: users with a connection under the lease. */
export const ofKey = (partition: number, lease: string): string => `${tag(partition)}:of:${lease}`;

/** HASH: person seated in the room -> under how many leases. */
export const seatsKey = (room: string): string => `${tag(partitionOf(room))}:seats:${room}`;

/** HASH: n the count that watchers were last told, t when in ms. */
export const toldKey = (room: string): string => `${tag(partitionOf(room))}:told:${room}`;

/** SET: people seated in the room under the lease. */
export const seatedByKey = (room: string, lease: string): string => `${tag(partitionOf(room))}:by:${lease}:${room}`;

/** SET: rooms with somebody seated under the lease. */
export const roomsKey = (partition: number, lease: string): string => `${tag(partition)}:rooms:${lease}`;

/** Sharded pub/sub channel: `c|time|user|…` something changed; `d|name|…` ties are to be looked at again, `s|name|…` when there is time. */
export const channelOf = (partition: number): string => `${tag(partition)}:presence`;
