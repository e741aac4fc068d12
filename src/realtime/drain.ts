import type { Server } from 'socket.io';
import { ERRORS } from '../kernel/errors.ts';
import type { Connection, Connections } from './connections.ts';

/** Reconnects a second that the other nodes are asked to take: half of what one node was measured to accept. */
const RECONNECTS_PER_SECOND = 400;
/** Nobody waits longer than this for its turn. */
const MAX_SPREAD_MS = 12_000;
/** What a client gets on top of its turn to leave by itself before it is closed. */
const LEAVE_MS = 1_500;

export interface Drain {
  isDraining: () => boolean;
  run: () => Promise<void>;
}

/** Leaves without losing anyone: each socket is told when to go, and goes to another node in its turn. */
export const createDrain = ({ io, connections }: { io: Server; connections: Connections }): Drain => {
  let draining = false;

  const close = ({ socket }: Connection): void => {
    socket.emit('session.closed', { code: 'OVERLOADED', retryable: ERRORS.OVERLOADED.retryable });
    socket.disconnect(true);
  };

  const leave = (connection: Connection, afterMs: number): Promise<void> =>
    new Promise((resolve) => {
      connection.socket.emit('session.drain', { afterMs });
      const timer = setTimeout(close, afterMs + LEAVE_MS, connection);
      connection.socket.once('disconnect', () => {
        clearTimeout(timer);
        resolve();
      });
    });

  return {
    isDraining: () => draining,
    run: async () => {
      draining = true;
      const list = [...connections.all()];
      const spreadMs = Math.min(MAX_SPREAD_MS, (list.length * 1_000) / RECONNECTS_PER_SECOND);
      await Promise.all(
        list.map((connection, index) => leave(connection, Math.floor((spreadMs * index) / list.length))),
      );
      // `local`: without it the adapter would close the sockets of every node.
      io.local.disconnectSockets(true);
    },
  };
};
