import type { Socket } from 'socket.io';
import type { Actor } from '../kernel/actor.ts';

/** One live socket with who is behind it. */
export interface Connection {
  id: string;
  socket: Socket;
  actor: Actor;
  address: string;
  agent: string;
  tokenExpiresAt: Date;
  /** The rooms it watches, by name. */
  seats: Map<string, Seat>;
  /** What waits for the answer of a call, by request id. */
  afterAnswer: Map<string, AfterAnswer>;
}

/** One of both happens once. */
export interface AfterAnswer {
  /** The answer has been written. */
  written: () => void;
  /** The caller does not read: the answer was let go of, and the call will be made again. */
  dropped: () => void;
}

/**
 * One connection in one room.
 * - `live`: has everything the room flushed on this node; the next flush goes to it.
 * - `behind`: has everything up to `sentSeq`; it is waiting for its answer to be written, or for its reader to read.
 * - `asked`: has everything up to `sentSeq`; nothing is written to it until it is known whether its user may still watch.
 * - `gone`: was taken out of the room; nothing is written to it any more, however many hold it in a list.
 */
export interface Seat {
  connection: Connection;
  room: string;
  state: 'live' | 'behind' | 'asked' | 'gone';
  /** Whether the answer that seated it has been written; no frame goes out before. */
  released: boolean;
  /** Not on the screen now: it is told of the room once a second at most. */
  isPassive: boolean;
  /** When it was last told something ephemeral, by `performance.now()`. */
  toldAtMs: number;
  /** Where it stands while it is not live. */
  epoch: string;
  sentSeq: number;
}

export interface Connections {
  add: (connection: Connection) => void;
  remove: (id: string) => void;
  find: (id: string | undefined) => Connection | undefined;
  all: () => Iterable<Connection>;
  count: () => number;
}

/** The live sockets of this node. */
export const createConnections = (): Connections => {
  const byId = new Map<string, Connection>();
  return {
    add: (connection) => byId.set(connection.id, connection),
    remove: (id) => byId.delete(id),
    find: (id) => (id === undefined ? undefined : byId.get(id)),
    all: () => byId.values(),
    count: () => byId.size,
  };
};
