import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import type { RoomHandler } from '../../src/kernel/domain.ts';
import { AppError } from '../../src/kernel/errors.ts';
import type { Answer, Runtime } from '../../src/kernel/execute.ts';
import type { Handler } from '../../src/kernel/handler.ts';
import { readNetworks } from '../../src/platform/addresses.ts';
import { createBus } from '../../src/platform/bus.ts';
import { createReadCaller } from '../../src/platform/caller-address.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/log.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import type { Platform } from '../../src/platform/platform.ts';
import type { NodePresence } from '../../src/platform/presence/presence.ts';
import { createAudience } from '../../src/platform/rooms/audience.ts';
import type { AccessClaims } from '../../src/platform/tokens.ts';
import { createGateway } from '../../src/realtime/gateway.ts';
import { createRoomWorld } from '../platform/rooms/room-world.ts';

const silent = createLog('silent');

/** Serves without limits and without workers: what the gateway does by itself. */
const runtime: Runtime = {
  limit: () => undefined,
  commit: async () => {
    throw new AppError('COMMIT_TIMEOUT', 'No workers here.');
  },
  once: async (_contract, _input, _call, run) => ({ data: await run(), replayed: false }),
  explain: () => null,
  observe: (_contract, _call, { bug }) => {
    if (bug) throw bug;
  },
};

/** A signed-in person's token in this world: `userId|sessionId|expiresAt`. */
export const tokenFor = (userId: string, lifeMs = 900_000): string => `${userId}|${newId()}|${Date.now() + lifeMs}`;

const claimsOf = (token: string): AccessClaims => {
  const [userId, sessionId, expiresAt] = token.split('|');
  if (!userId || !sessionId) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
  return { actor: { userId, sessionId, role: 'USER' }, expiresAt: new Date(Number(expiresAt)) };
};

/** Presence is a domain's. */
const nobodyIsFollowed: NodePresence = {
  arrive: () => undefined,
  leave: () => undefined,
  touch: () => undefined,
  seatsChanged: () => undefined,
  drain: async () => undefined,
  stop: async () => undefined,
};

/** Gateways with real sockets and a real Redis, rooms of kind `test` that anyone may watch, and no domain. */
export const createGatewayWorld = async (redisUrl: string, operations: Handler[] = []) => {
  const rooms = createRoomWorld();
  const revoked = new Set<string>();
  /** `userId room`: who may not watch what. */
  const mayNotWatch = new Set<string>();
  /** How many of the next questions fail, as if their database were away. */
  const questions = { fail: 0 };
  const stops: (() => Promise<void> | void)[] = [() => rooms.close()];
  const handlers = new Map<string, RoomHandler>([
    [
      'test',
      {
        contract: { name: 'test:{id}', summary: 'For tests.' },
        canWatch: async (actor, id) => {
          questions.fail -= 1;
          if (questions.fail >= 0) throw new Error('a database that is away');
          return !mayNotWatch.has(`${actor.userId} test:${id}`);
        },
        seed: async () => ({ seq: 0, ordinal: 0, recent: [], unused: true }),
      },
    ],
  ]);

  const startNode = async (ownUrl = redisUrl) => {
    const { log, feed, redis } = await rooms.node(ownUrl);
    const bus = await createBus(ownUrl, silent);
    const metrics = createMetrics();
    // Only what the gateway itself asks of the platform.
    const platform = {
      log: silent,
      config: { socketsPerAddress: 200 },
      metrics,
      audience: createAudience(),
      clock: systemClock,
      readCaller: createReadCaller({ trusted: readNetworks(''), log: silent }),
      presence: { serve: () => nobodyIsFollowed },
      tokens: { verify: async (token: string) => claimsOf(token) },
      revocations: {
        isRevoked: async (id: string) => revoked.has(id),
        revokedAmong: async (ids: string[]) => new Set(ids.filter((id) => revoked.has(id))),
      },
    } as unknown as Platform;
    const gateway = createGateway({
      nodeId: newId(),
      platform,
      bus,
      feed,
      log,
      runtime,
      operations,
      rooms: handlers,
    });
    const server = createServer();
    gateway.attach(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stops.push(() => bus.stop());
    return { url, log, feed, redis, bus, gateway, metrics };
  };

  const connect = (url: string, token = tokenFor(newId())): Socket => {
    const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
    stops.unshift(() => {
      socket.disconnect();
    });
    return socket;
  };

  return {
    startNode,
    connect,
    revoked,
    mayNotWatch,
    questions,
    stop: async () => {
      for (const stop of stops) await stop();
    },
  };
};

export const call = (socket: Socket, operation: string, input?: unknown): Promise<Answer> =>
  socket.timeout(10_000).emitWithAck(operation, input);

/** What a client that follows a room has, by protocol: entries of the answer, then of every frame. */
export const collect = (socket: Socket, room: string) => {
  const seqs: number[] = [];
  const bodies: unknown[] = [];
  const gaps: unknown[] = [];
  const take = (entries: { seq: number; data: { body?: unknown } }[]) => {
    for (const { seq, data } of entries) {
      seqs.push(seq);
      bodies.push(data.body);
    }
  };
  socket.on('room.entries', (frame) => frame.room === room && take(frame.entries));
  socket.on('room.gap', (frame) => frame.room === room && gaps.push(frame));
  return { seqs, bodies, gaps, take };
};
