import type { Connection } from '../connections.ts';

/**
 * One connection in one room.
 * - `live`: has everything the room flushed on this node; the next flush goes to it.
 * - `behind`: has everything up to `sentSeq`; it is waiting for its answer to be written, or for its reader to read.
 */
export interface Seat {
  connection: Connection;
  room: string;
  state: 'live' | 'behind';
  /** Where it stands while behind. */
  epoch: string;
  sentSeq: number;
}
