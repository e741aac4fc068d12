import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { ALL_PARTITIONS } from './keys.ts';
import type { Seated } from './seat.store.ts';
import type { PresenceStore } from './store.ts';
import { SHORT_GRACE_MS, SWEEPER_MS } from './times.ts';

export const SWEEP_MS = 500;
/** How often the sweeper says that it still is, and the others look whether it does. */
const ELECT_MS = 1_000;

export interface SweeperParts {
  store: Pick<PresenceStore, 'elect' | 'fallDue' | 'dropLease' | 'buried' | 'roomsOf' | 'seatedUnder' | 'seat'>;
  lease: () => string;
  nowMs: () => number;
  /** A room's number changed because of people whose node is gone. */
  onSeated: (room: string, seated: Seated) => void;
  log: Pick<Log, 'warn'>;
  metrics: Pick<Metrics, 'presenceSwept' | 'presenceLeaving'>;
}

/** Says who is offline: those whose grace is over, and, after a grace, those whose node is gone. */
export interface Sweeper {
  /** Never throws. */
  turn: () => Promise<void>;
}

/** One node of all sweeps; a paused one that goes on believing it does little, for each step is one script. */
export const createSweeper = ({ store, lease, nowMs, onSeated, log, metrics }: SweeperParts): Sweeper => {
  let isSweeper = false;
  let electedAtMs = Number.NEGATIVE_INFINITY;
  let dead: string[] = [];

  const elect = async (): Promise<void> => {
    const atMs = nowMs();
    // Whoever was stopped for a while may have lost the place.
    if (atMs - electedAtMs >= SWEEPER_MS) isSweeper = false;
    if (isSweeper && atMs - electedAtMs < ELECT_MS) return;
    const { role, dead: found } = await store.elect(lease(), atMs);
    electedAtMs = atMs;
    isSweeper = role === 'sweeper';
    dead = found;
  };

  const emptySeats = async (room: string, name: string): Promise<void> => {
    const left = await store.seatedUnder(room, name);
    onSeated(room, await store.seat(name, room, { nowMs: nowMs(), joined: [], left, waitMs: 0 }));
  };

  const bury = async (name: string): Promise<void> => {
    const offlineAtMs = nowMs() + SHORT_GRACE_MS;
    for (const partition of ALL_PARTITIONS) {
      for (let isMore = true; isMore; ) {
        const swept = await store.dropLease(partition, name, offlineAtMs);
        metrics.presenceSwept.inc({ reason: 'node' }, swept.dropped);
        isMore = swept.isMore;
      }
      for (const room of await store.roomsOf(partition, name)) await emptySeats(room, name);
    }
    await store.buried(name);
  };

  const sweepPartition = async (partition: number): Promise<number> => {
    for (;;) {
      const { gone, leaving, isMore } = await store.fallDue(partition, nowMs());
      metrics.presenceSwept.inc({ reason: 'left' }, gone);
      if (!isMore) return leaving;
    }
  };

  return {
    turn: async () => {
      try {
        await elect();
        if (!isSweeper) return;
        for (const name of dead) await bury(name);
        dead = [];
        const leaving = await Promise.all(ALL_PARTITIONS.map(sweepPartition));
        metrics.presenceLeaving.set(leaving.reduce((sum, some) => sum + some, 0));
      } catch (error) {
        isSweeper = false;
        log.warn({ err: error }, 'people who left could not be swept');
      }
    },
  };
};
