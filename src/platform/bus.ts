import { setTimeout as sleep } from 'node:timers/promises';
import { createAdapter } from '@socket.io/redis-adapter';
import { Server } from 'socket.io';
import { ERRORS } from '../kernel/errors.ts';
import type { Log } from './log.ts';
import { connectRedis, untilReady } from './redis/connect.ts';
import type { Sockets } from './sockets.ts';
import { boundedWebSocketServer } from './web-socket-server.ts';

/** A silent peer is noticed after 16 s at most: 10 s until it is asked, 6 s to answer. */
export const PING_INTERVAL_MS = 10_000;
const PING_TIMEOUT_MS = 6_000;
/** Hard end of one packet; the 64 KB an operation may send are checked, and answered, before this closes the socket. */
const MAX_PACKET_BYTES = 128 * 1_024;

/** What a Redis may take to let go of this process. */
const GOODBYE_MS = 500;

export interface Bus {
  /** Attached to a server where sockets arrive; never listens in a worker, where it only reaches those elsewhere. */
  io: Server;
  sockets: Sockets;
  stop: () => Promise<void>;
}

/** The Socket.IO cluster: what is addressed to a user's or a session's sockets, wherever they are. */
export const createBus = async (url: string, log: Log): Promise<Bus> => {
  const publisher = connectRedis(url, log, { enableAutoPipelining: false });
  // A subscriber's own commands may wait for the connection: the adapter sends them once, at its start.
  const subscriber = connectRedis(url, log, { enableAutoPipelining: false, enableOfflineQueue: true });
  await Promise.all([untilReady(publisher), untilReady(subscriber)]);

  const publish = publisher.publish.bind(publisher);
  // The adapter does not look at the promise. What is lost while Redis is away is control and ephemera only; sessions
  // are checked again when it comes back, and everything that must not be missed goes through a room's log.
  publisher.publish = ((channel: string, message: Buffer) =>
    publish(channel, message).catch((error: Error) => {
      log.warn({ error: error.message }, 'a broadcast did not leave this process');
      return 0;
    })) as typeof publisher.publish;

  const io = new Server({
    adapter: createAdapter(publisher, subscriber),
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    maxHttpBufferSize: MAX_PACKET_BYTES,
    wsEngine: boundedWebSocketServer,
    cors: { origin: true },
  });

  const sockets: Sockets = {
    tellUser: (userId, signal, data) => {
      io.to(`user:${userId}`).emit(signal.name, data);
    },
    tellUsers: (userIds, signal, data, except) => {
      if (userIds.length === 0) return;
      const told = io.to(userIds.map((userId) => `user:${userId}`));
      (except === undefined ? told : told.except(except)).emit(signal.name, data);
    },
    closeSession: (sessionId, code) => {
      const room = io.in(`session:${sessionId}`);
      room.emit('session.closed', { code, retryable: ERRORS[code].retryable });
      room.disconnectSockets(true);
    },
  };

  return {
    io,
    sockets,
    stop: async () => {
      // A server that was never attached has no engine to close.
      if (io.engine) await io.close();
      // The adapter does not wait for the answers to its good-byes, which would then be errors that nobody catches.
      if (subscriber.status === 'ready') await Promise.race([subscriber.ping().catch(() => {}), sleep(GOODBYE_MS)]);
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
};
