import type { RoomSeed } from '../../../src/kernel/domain.ts';
import { newId } from '../../../src/platform/ids.ts';
import { createLog } from '../../../src/platform/log.ts';
import { connectRedis, untilReady } from '../../../src/platform/redis/connect.ts';
import { createRoomLog } from '../../../src/platform/rooms/create-log.ts';
import { createFeed } from '../../../src/platform/rooms/feed.ts';

const silent = createLog('silent');

/** A room kind that exists in memory only: any id is a room, and `stored` is what PostgreSQL would know. */
export const createRoomWorld = () => {
  const stored = new Map<string, RoomSeed>();
  let seeds = 0;
  const handlers = new Map([
    [
      'test',
      {
        seed: async (id: string) => {
          seeds += 1;
          return stored.get(id) ?? { seq: 0, ordinal: 0, recent: [], unused: true };
        },
      },
    ],
    ['none', { seed: async () => null }],
  ]);
  const open: { disconnect: () => void }[] = [];
  return {
    stored,
    /** How often a room was seeded. */
    seeds: () => seeds,
    /** One node's view: a log and a feed with connections of their own. */
    node: async (redisUrl: string) => {
      const redis = connectRedis(redisUrl, silent);
      const subscriber = connectRedis(redisUrl, silent, { autoResubscribe: false, enableAutoPipelining: false });
      open.push(redis, subscriber);
      await Promise.all([untilReady(redis), untilReady(subscriber)]);
      const log = createRoomLog({ redis, memory: { isNearlyFull: () => false }, handlers });
      let gaps = 0;
      const feed = createFeed({ log, subscriber, logger: silent, onGap: () => (gaps += 1) });
      return { redis, subscriber, log, feed, gaps: () => gaps };
    },
    close: () => {
      for (const connection of open) connection.disconnect();
    },
  };
};

export const newRoom = (): string => `test:${newId()}`;
