import type { Redis } from 'ioredis';
import { newId } from '../../../src/platform/ids.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createMetrics } from '../../../src/platform/metrics.ts';
import { createDevices } from '../../../src/platform/presence/devices.ts';
import { hearChannels } from '../../../src/platform/presence/hear.ts';
import { createLease } from '../../../src/platform/presence/lease.ts';
import { createPresenceStore } from '../../../src/platform/presence/store.ts';
import { createSweeper } from '../../../src/platform/presence/sweeper.ts';
import { connectRedis, untilReady } from '../../../src/platform/redis/connect.ts';

const silent = createLog('silent');

/** Nodes without sockets on a real Redis, whose time a test moves, and whose turns it takes. */
export const createPresenceWorld = async (redisUrl: string) => {
  const redis = connectRedis(redisUrl, silent);
  const subscriber = connectRedis(redisUrl, silent, { autoResubscribe: false, enableAutoPipelining: false });
  await Promise.all([untilReady(redis), untilReady(subscriber)]);
  const store = createPresenceStore(redis);
  const chosen = new Map<string, string>();
  /** Begins well after 0, so that nothing that is new looks as old as time. */
  let nowMs = 1_000_000;

  const startNode = () => {
    const metrics = createMetrics();
    const lease = createLease(store, () => nowMs);
    const devices = createDevices({
      ...{ store, lease: lease.name, nowMs: () => nowMs, log: silent, metrics },
      chosenBy: async (userIds) => new Map(userIds.map((userId) => [userId, chosen.get(userId) ?? 'ONLINE'])),
      onOverflow: () => lease.giveUp(),
    });
    const sweeper = createSweeper({
      ...{ store, lease: lease.name, nowMs: () => nowMs, log: silent, metrics },
      onSeated: () => undefined,
    });
    return {
      lease,
      devices,
      sweeper,
      connections: new Map<string, string>(),
      renew: async () => {
        if ((await lease.renew()) !== 'held') devices.tellAll();
      },
      connect(userId: string): string {
        const connectionId = newId();
        this.connections.set(connectionId, userId);
        devices.arrive(connectionId, userId);
        return connectionId;
      },
      disconnect(connectionId: string, graceMs?: number): void {
        this.connections.delete(connectionId);
        devices.leave(connectionId, graceMs);
      },
    };
  };

  return {
    redis: redis as Redis,
    subscriber,
    store,
    chosen,
    startNode,
    hear: (onChanged: (userIds: string[]) => void) =>
      new Promise<void>((resolve) =>
        hearChannels(subscriber, { onChanged, onDecideAgain: () => undefined, onDoubt: resolve, log: silent }),
      ),
    nowMs: () => nowMs,
    pass: (ms: number) => {
      nowMs += ms;
    },
    stop: () => {
      redis.disconnect();
      subscriber.disconnect();
    },
  };
};

export type PresenceWorld = Awaited<ReturnType<typeof createPresenceWorld>>;
export type TestNode = ReturnType<PresenceWorld['startNode']>;
