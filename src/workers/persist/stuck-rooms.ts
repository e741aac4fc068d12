import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Partitions, TakenRoom } from './partition.ts';
import type { Store, StuckRoom } from './store.ts';
import { storedRoom } from './stored-room.ts';

/** How long a room rests that could not be stored while others could. */
const REST_MS = 3_000;
/** Rooms that rest at most; beyond it they stay in the common way, and slow it down. */
const MAX_RESTING = 1_000;

/** Rooms that somebody's lock, or a fault of their own, keeps from being stored: tried apart, so that nobody waits for them. */
export interface StuckRooms {
  add: (rooms: StuckRoom[]) => void;
  /** The names of the partition's rooms that are to be passed over. */
  of: (partition: number) => string[];
  /** Tries the room that has rested longest, if one is due and none is being tried. Never waits, never throws. */
  tryNext: () => void;
  /** Resolves when what is being tried has ended. */
  stop: () => Promise<void>;
}

interface Resting {
  room: TakenRoom;
  dueAtMs: number;
}

export interface StuckRoomsParts {
  partitions: Partitions;
  store: Store;
  logger: Log;
  metrics: Metrics;
}

export const createStuckRooms = ({ partitions, store, logger, metrics }: StuckRoomsParts): StuckRooms => {
  const resting = new Map<string, Resting>();
  let trying: Promise<void> | null = null;

  const rest = (room: TakenRoom): void => {
    // Moved to the end: the first is the one that has rested longest.
    resting.delete(room.room);
    resting.set(room.room, { room, dueAtMs: performance.now() + REST_MS });
  };

  const release = (room: TakenRoom): void => {
    resting.delete(room.room);
    metrics.persistStuckRooms.set(resting.size);
  };

  const tryAgain = async (room: TakenRoom): Promise<void> => {
    rest(room);
    const now = await partitions.look(room);
    if (now) {
      const [stuck] = await store([now]);
      if (stuck) return;
      await partitions.finish(now.partition, [storedRoom(now)], false);
    }
    release(room);
  };

  return {
    add: (rooms) => {
      for (const { room, error } of rooms) {
        if (resting.size >= MAX_RESTING) return;
        logger.error({ room: room.room, err: error }, 'a room cannot be stored and rests; nothing of it is put aside');
        rest(room);
      }
      metrics.persistStuckRooms.set(resting.size);
    },
    of: (partition) =>
      [...resting.values()].filter(({ room }) => room.partition === partition).map(({ room }) => room.room),
    tryNext: () => {
      const next = resting.values().next().value;
      if (trying || !next || next.dueAtMs > performance.now()) return;
      trying = tryAgain(next.room)
        .catch((error: unknown) => logger.debug({ room: next.room.room, err: error }, 'a resting room was not stored'))
        .finally(() => {
          trying = null;
        });
    },
    stop: async () => {
      await trying;
    },
  };
};
