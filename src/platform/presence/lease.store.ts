import type { Redis } from 'ioredis';
import { loadScript, runScript } from '../redis/script.ts';
import {
  channelOf,
  connectionsPrefix,
  DEAD,
  dueKey,
  EMPTIED,
  EPOCH,
  LEASES,
  leftKey,
  ofKey,
  QUIET,
  SWEEPER,
} from './keys.ts';
import { AT_ONCE, whole } from './parts.ts';
import { OUTAGE_MS, QUIET_MS, SWEEPER_MS } from './times.ts';

const FALL_DUE = loadScript(new URL('./fall-due.lua', import.meta.url));
const DROP_LEASE = loadScript(new URL('./drop-lease.lua', import.meta.url));
const LEASE = loadScript(new URL('./lease.lua', import.meta.url));
const ELECT = loadScript(new URL('./elect.lua', import.meta.url));

/** What Redis has not lost since. */
export interface Epochs {
  /** The name it gets where it has none. */
  newEpoch: string;
  /** The one that the node knows; empty for its first. */
  epoch: string;
}

/** What nodes say of themselves, and what the sweeper does. */
export const createLeaseStore = (redis: Redis) => ({
  holdLease: async (
    lease: string,
    { nowMs, untilMs, isNew, newEpoch, epoch }: { nowMs: number; untilMs: number; isNew: boolean } & Epochs,
  ): Promise<{ epoch: string; isHeld: boolean }> => {
    const args = [lease, whole(nowMs), whole(untilMs), isNew ? 1 : 0, newEpoch, epoch, whole(nowMs + QUIET_MS)];
    // Safe: what lease.lua returns.
    const [now, held] = (await runScript(redis, LEASE, [LEASES, EPOCH, QUIET, EMPTIED], args)) as [string, number];
    return { epoch: now, isHeld: held === 1 };
  },

  /** False while people may be here of whom Redis, which had lost everything, has not been told again. */
  isSettled: async (epoch: string, nowMs: number): Promise<boolean> => {
    const [now, emptiedAt] = await redis.mget(EPOCH, EMPTIED);
    return now === epoch && nowMs - Number(emptiedAt ?? 0) >= QUIET_MS;
  },

  elect: async (lease: string, nowMs: number): Promise<{ role: 'none' | 'sweeper' | 'waiting'; dead: string[] }> => {
    const args = [lease, whole(nowMs), SWEEPER_MS, OUTAGE_MS, QUIET_MS];
    // Safe: what elect.lua returns.
    const [code, ...dead] = (await runScript(redis, ELECT, [SWEEPER, QUIET, LEASES, DEAD], args)) as [
      number,
      ...string[],
    ];
    return { role: (['none', 'sweeper', 'waiting'] as const)[code] ?? 'none', dead };
  },

  /** @returns how many became offline, how many still may, and whether more are due */
  fallDue: async (partition: number, nowMs: number) => {
    const keys = [dueKey(partition), leftKey(partition), channelOf(partition)];
    const args = [connectionsPrefix(partition), whole(nowMs), AT_ONCE];
    // Safe: what fall-due.lua returns.
    const [gone = 0, leaving = 0] = (await runScript(redis, FALL_DUE, keys, args)) as number[];
    return { gone, leaving, isMore: gone === AT_ONCE };
  },

  /** @returns how many people the lease had here, a part of them at a time; less than asked for ends it */
  dropLease: async (partition: number, lease: string, offlineAtMs: number) => {
    const keys = [ofKey(partition, lease), dueKey(partition)];
    const args = [connectionsPrefix(partition), lease, whole(offlineAtMs), AT_ONCE];
    const dropped = Number(await runScript(redis, DROP_LEASE, keys, args));
    return { dropped, isMore: dropped === AT_ONCE };
  },

  /** The lease and all it held are swept. */
  buried: async (lease: string): Promise<void> => {
    await redis.srem(DEAD, lease);
  },
});
