import type { Socket } from 'socket.io';
import { pingSocket, takeOverPings } from './frame-writer.ts';

/** How often some of the sockets are pinged; each has its turn once in the ping interval. */
const BEAT_MS = 500;

export interface Heartbeat {
  /** Pings the socket from now on, until it disconnects. */
  keep: (socket: Socket) => void;
  stop: () => void;
}

/**
 * Pings sockets in groups. A timer for each wakes the process up for every single ping and every single answer, which
 * costs several times what a ping does; together they are written, and their answers read, in one turn.
 * @param intervalMs from one ping of a socket to the next; its first comes sooner
 */
export const createHeartbeat = (intervalMs: number): Heartbeat => {
  const groups = Array.from({ length: Math.ceil(intervalMs / BEAT_MS) }, () => new Set<Socket>());
  let beat = 0;
  let kept = 0;
  const timer = setInterval(() => {
    beat += 1;
    for (const socket of groups[beat % groups.length] ?? []) pingSocket(socket);
  }, BEAT_MS);
  timer.unref();

  return {
    keep: (socket) => {
      if (!takeOverPings(socket)) return;
      // One after the other, so that a crowd that connects at once is not pinged at once.
      const group = groups[kept % groups.length];
      kept += 1;
      group?.add(socket);
      socket.once('disconnect', () => group?.delete(socket));
    },
    stop: () => clearInterval(timer),
  };
};
