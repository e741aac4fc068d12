import type { Server } from 'node:http';
import type { Socket } from 'socket.io';
import type { RoomHandler } from '../kernel/domain.ts';
import { AppError } from '../kernel/errors.ts';
import type { Runtime } from '../kernel/execute.ts';
import type { Handler } from '../kernel/handler.ts';
import { type Bus, PING_INTERVAL_MS } from '../platform/bus.ts';
import type { ReadCaller } from '../platform/caller-address.ts';
import type { Platform } from '../platform/platform.ts';
import type { EngineLog } from '../platform/rooms/create-log.ts';
import type { Feed } from '../platform/rooms/feed.ts';
import type { AccessClaims } from '../platform/tokens.ts';
import { createUnread } from '../platform/unread.ts';
import { authenticate, refusal } from './authenticate.ts';
import { type Connection, createConnections } from './connections.ts';
import { createDelivery } from './delivery/delivery.ts';
import { createDrain } from './drain.ts';
import { createExpiry } from './expiry.ts';
import { exposeOperations } from './expose.ts';
import { acknowledgeDirectly, dropWhileUnread } from './frame-writer.ts';
import { admitByAddress, countHandshakes } from './handshakes.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createPacketGate, cutSoon } from './packet-gate.ts';
import { type PresenceReports, reportPresence } from './presence.ts';
import { createRevocationSweep } from './revocation-sweep.ts';
import { resumeRooms } from './room/resume.ts';
import { mayWatch } from './room/seating.ts';
import { unwatchRoom } from './room/unwatch.ts';
import { watchRoom } from './room/watch.ts';
import { refreshSession } from './session/refresh.ts';
import { createUserSockets } from './user-sockets.ts';
import { refusePolling } from './websocket-only.ts';

export interface GatewayParts {
  nodeId: string;
  platform: Platform;
  bus: Bus;
  feed: Feed;
  log: EngineLog;
  runtime: Runtime;
  operations: Handler[];
  rooms: ReadonlyMap<string, RoomHandler>;
}

export interface Gateway {
  /** The operations that only make sense on a live socket, for the documents. */
  operations: Handler[];
  isDraining: () => boolean;
  /** Takes sockets in that come to this server. */
  attach: (server: Server) => void;
  /** Sends everyone away at a pace other nodes can take, then closes. */
  drain: () => Promise<void>;
}

/** Above this much unsent, what is addressed to a user's sockets is not worth sending any more. */
const DIRECT_STOP_BYTES = 64 * 1_024;

/** Takes sockets in, knows who they are, serves their calls and seats them in rooms. */
export const createGateway = (parts: GatewayParts): Gateway => {
  const { nodeId, platform, bus, feed, log, runtime, rooms } = parts;
  const { clock, metrics, tokens, revocations } = platform;
  const connections = createConnections();
  const delivery = createDelivery({
    ...{ feed, log, logger: platform.log, metrics, audience: platform.audience },
    mayWatch: (actor, room) => mayWatch({ rooms }, actor, room),
    onSeatsChanged: (room) => presence.seatsChanged(room),
  });
  const presence: PresenceReports = reportPresence({
    ...{ presence: platform.presence, connections, seatsIn: delivery.seatsIn },
  });
  const expiry = createExpiry(connections, clock);
  const drain = createDrain({ io: bus.io, connections });
  const heartbeat = createHeartbeat(PING_INTERVAL_MS);
  const gate = createPacketGate();
  const unread = createUnread<Socket>(() => metrics.slowConsumers.inc({ action: 'close' }));
  const takePlace = createUserSockets();
  const sweep = createRevocationSweep({ connections, revocations, bus, logger: platform.log });

  const roomParts = { connections, delivery, rooms };
  const own = [
    watchRoom(roomParts),
    resumeRooms(roomParts),
    unwatchRoom(roomParts),
    refreshSession({ connections, tokens, revocations, rearm: expiry.rearm }),
  ];
  const operations = new Map(
    [...parts.operations, ...own].map((handler) => [handler.contract.name as string, handler]),
  );

  const signIn = async (socket: Socket): Promise<void> => {
    const claims = await authenticate(socket, { tokens, revocations });
    takePlace(claims.actor.userId, socket.conn);
    socket.data = claims;
  };

  bus.io.use((socket, next) => {
    if (drain.isDraining()) {
      gate.decided(socket.conn, false);
      next(refusal(new AppError('OVERLOADED', 'This node is about to stop.', { retryAfterMs: 500 })));
      return;
    }
    signIn(socket).then(
      () => {
        gate.decided(socket.conn, true);
        next();
      },
      (error: unknown) => {
        gate.decided(socket.conn, false);
        next(refusal(error));
      },
    );
  });

  const greet = async (connection: Connection): Promise<void> => {
    const { socket, actor } = connection;
    await socket.join([`user:${actor.userId}`, `session:${actor.sessionId}`]);
    socket.emit('session.ready', {
      userId: actor.userId,
      sessionId: actor.sessionId,
      nodeId,
      serverTime: clock.now().toISOString(),
    });
  };

  bus.io.on('connection', (socket: Socket) => {
    const connection = openConnection(socket, platform.readCaller);
    connections.add(connection);
    metrics.connections.set(connections.count());
    acknowledgeDirectly(socket);
    dropWhileUnread(socket, DIRECT_STOP_BYTES, () => metrics.slowConsumers.inc({ action: 'drop' }));
    heartbeat.keep(socket);
    const called = (operation: string): void => presence.called(connection, operation);
    exposeOperations(connection, { operations, runtime, clock, unread, metrics, called });
    expiry.arm(connection);
    presence.arrived(connection);
    socket.once('disconnect', (reason) => {
      presence.left(connection, reason);
      expiry.disarm(connection.id);
      unread.forget(socket);
      cutSoon(socket.conn);
      delivery.dismiss(connection);
      connections.remove(connection.id);
      metrics.connections.set(connections.count());
    });
    greet(connection).catch((error: unknown) => {
      platform.log.warn({ err: error }, 'a socket could not be greeted');
      socket.disconnect(true);
    });
  });

  return {
    operations: own,
    isDraining: drain.isDraining,
    attach: (server) => {
      const take = countHandshakes(platform.config.socketsPerAddress);
      // Other upgrades are not ours to end.
      bus.io.attach(server, { allowRequest: admitByAddress(take, platform.readCaller), destroyUpgrade: false });
      bus.io.engine.use(refusePolling);
      bus.io.engine.on('connection', gate.guard);
    },
    drain: async () => {
      await Promise.all([presence.drain(), drain.run()]);
      await presence.stop();
      sweep.stop();
      heartbeat.stop();
      delivery.stop();
    },
  };
};

const forwardedFor = (socket: Socket): string | undefined => {
  const header = socket.handshake.headers['x-forwarded-for'];
  return Array.isArray(header) ? header.at(-1) : header;
};

const openConnection = (socket: Socket, readCaller: ReadCaller): Connection => {
  // Safe: the handshake put the claims there.
  const { actor, expiresAt } = socket.data as AccessClaims;
  return {
    id: socket.id,
    socket,
    actor,
    address: readCaller(socket.handshake.address, forwardedFor(socket)).address,
    agent: String(socket.handshake.headers['user-agent'] ?? '').slice(0, 300),
    tokenExpiresAt: expiresAt,
    seats: new Map(),
    afterAnswer: new Map(),
  };
};
