import type { Redis } from 'ioredis';
import { loadScript, runScript } from '../redis/script.ts';
import { channelOf, connectionsPrefix, dueKey, leftKey, ofKey, partitionOf } from './keys.ts';
import { AT_ONCE, chunks, inParts, whole } from './parts.ts';
import { FLAP_MS, IDLE_MS } from './times.ts';

const ARRIVE = loadScript(new URL('./arrive.lua', import.meta.url));
const LEAVE = loadScript(new URL('./leave.lua', import.meta.url));
const TOUCH = loadScript(new URL('./touch.lua', import.meta.url));
const CHOOSE = loadScript(new URL('./choose.lua', import.meta.url));
const READ = loadScript(new URL('./read.lua', import.meta.url));
const FORGET_LEFT = loadScript(new URL('./forget-left.lua', import.meta.url));

/** How long a choice of somebody who is not here is kept for a connection that is just being made. */
const CHOICE_SECONDS = 60;

/** A connection that is here, or was. */
export interface Device {
  userId: string;
  connectionId: string;
  /** Its last activity. */
  activeAtMs: number;
}

/** What is known of somebody. */
export interface Here {
  /** Has a connection, or lost the last one so little ago that they may be back. */
  isHere: boolean;
  /** What they chose to be seen as; empty where nobody has said. */
  chosen: string;
  /** On any device; 0 for who is not here. */
  activeAtMs: number;
  /** When they were last seen, where PostgreSQL may not know it yet. */
  leftAtMs: number | null;
}

/** What is told and asked of people. */
export const createPeopleStore = (redis: Redis) => ({
  /** @returns how many came back so soon that they should not have been offline */
  arrive: async (lease: string, nowMs: number, devices: readonly (Device & { chosen: string })[]): Promise<number> => {
    const flaps = await inParts(devices, (partition, part) =>
      runScript(
        redis,
        ARRIVE,
        [ofKey(partition, lease), dueKey(partition), leftKey(partition), channelOf(partition)],
        [
          ...[connectionsPrefix(partition), lease, whole(nowMs), FLAP_MS],
          ...part.flatMap((one) => [one.userId, one.connectionId, whole(one.activeAtMs), one.chosen]),
        ],
      ),
    );
    return flaps.reduce((sum: number, some) => sum + Number(some), 0);
  },

  leave: async (lease: string, nowMs: number, devices: readonly (Device & { graceMs: number })[]): Promise<void> => {
    await inParts(devices, (partition, part) =>
      runScript(
        redis,
        LEAVE,
        [ofKey(partition, lease), dueKey(partition)],
        [
          ...[connectionsPrefix(partition), lease, whole(nowMs)],
          ...part.flatMap((one) => [one.userId, one.connectionId, whole(one.activeAtMs), one.graceMs]),
        ],
      ),
    );
  },

  touch: async (nowMs: number, devices: readonly Device[]): Promise<void> => {
    await inParts(devices, (partition, part) =>
      runScript(
        redis,
        TOUCH,
        [channelOf(partition)],
        [
          ...[connectionsPrefix(partition), whole(nowMs), IDLE_MS],
          ...part.flatMap((one) => [one.userId, one.connectionId, whole(one.activeAtMs)]),
        ],
      ),
    );
  },

  choose: async (userId: string, chosen: string, nowMs: number): Promise<void> => {
    const partition = partitionOf(userId);
    const keys = [connectionsPrefix(partition) + userId, dueKey(partition), leftKey(partition), channelOf(partition)];
    await runScript(redis, CHOOSE, keys, [userId, chosen, whole(nowMs), CHOICE_SECONDS]);
  },

  read: async (userIds: readonly string[]): Promise<Map<string, Here>> => {
    const known = new Map<string, Here>();
    await inParts(
      userIds.map((userId) => ({ userId })),
      async (partition, part) => {
        const ids = part.map(({ userId }) => userId);
        const keys = [dueKey(partition), leftKey(partition)];
        // Safe: what read.lua returns.
        const reply = (await runScript(redis, READ, keys, [connectionsPrefix(partition), ...ids])) as unknown[];
        for (const [index, userId] of ids.entries()) known.set(userId, hereOf(reply.slice(4 * index, 4 * index + 4)));
      },
    );
    return known;
  },

  /**
   * Tells every node that what these people may see, or who may see them, has to be decided again; of a room named among
   * them, that its members are others.
   * @param canWait so many are concerned that those who are blocked or removed meanwhile go first
   */
  decideAgain: async (names: readonly string[], { canWait = false } = {}): Promise<void> => {
    for (const part of chunks(names)) {
      await redis.spublish(channelOf(partitionOf(part[0] ?? '')), [canWait ? 's' : 'd', ...part].join('|'));
    }
  },

  /** A page of who was last seen when, as it lies in Redis. */
  leftIn: async (partition: number, cursor: string) => {
    const [next, fields] = await redis.hscan(leftKey(partition), cursor, 'COUNT', AT_ONCE);
    const rows: { userId: string; value: string; seenAtMs: number; saidAtMs: number }[] = [];
    for (let at = 0; at < fields.length; at += 2) {
      const value = fields[at + 1] ?? '';
      const [seen, said] = value.split('|');
      rows.push({ userId: fields[at] ?? '', value, seenAtMs: Number(seen), saidAtMs: Number(said) });
    }
    return { next, rows };
  },

  forgetLeft: async (partition: number, rows: readonly { userId: string; value: string }[]): Promise<void> => {
    const args = rows.flatMap(({ userId, value }) => [userId, value]);
    if (args.length > 0) await runScript(redis, FORGET_LEFT, [leftKey(partition)], args);
  },
});

const hereOf = ([isHere, chosen, activeAt, left]: unknown[]): Here => ({
  isHere: isHere === 1,
  chosen: String(chosen),
  activeAtMs: Number(activeAt),
  leftAtMs: left === '' ? null : Number(left),
});
