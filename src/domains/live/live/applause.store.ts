import type { Redis } from 'ioredis';
import { loadScript, runScript } from '../../../platform/redis/script.ts';
import { partitionOf, partitionPrefix } from '../../../platform/rooms/keys.ts';
import { roomOf } from '../room-name.rules.ts';

const TICK = loadScript(new URL('./tick.lua', import.meta.url));

/** At most two frames a second, whatever is clicked. */
export const TELL_EVERY_MS = 500;
/** A node that was not heard of for so long has no viewers any more. */
const NODE_GONE_MS = 6_000;
const KEPT_SECONDS = 24 * 3_600;

/** The content of one tick, as watchers are told. */
export interface Told {
  viewers: number;
  /** Since the tick before, by emoji. */
  reactions: Record<string, number>;
  /** Of the whole evening. */
  total: number;
}

export interface Tick {
  node: string;
  /** Rises with each tick of the node; one that comes twice adds nothing. */
  number: number;
  viewers: number;
  claps: ReadonlyMap<string, number>;
  /** Applause of the whole evening as it is stored, where Redis has lost it. */
  load?: Record<string, number>;
}

export type TickAnswer = { tell: Told } | { waitMs: number } | 'nothing' | 'missing';

/** One minute of an evening, as counted so far. */
export interface Minute {
  at: Date;
  peak: number;
  applause: Record<string, number>;
}

export interface ApplauseStore {
  /** Adds what a node took, and says what there is to tell. */
  tick: (eventId: string, tick: Tick) => Promise<TickAnswer>;
  /** Applause of the whole evening and the viewers that were told last; null where Redis holds nothing. */
  totals: (eventId: string) => Promise<{ applause: Record<string, number>; viewers: number } | null>;
  minutes: (eventId: string) => Promise<Minute[]>;
  /** Lets go of minutes that were stored. */
  forget: (eventId: string, minutes: readonly Minute[]) => Promise<void>;
}

/** Applause of running evenings, in the partition of the event's room; see tick.lua. */
export const createApplauseStore = ({ redis }: { redis: { log: Redis } }): ApplauseStore => ({
  tick: async (eventId, { node, number, viewers, claps, load }) => {
    const args = [node, number, viewers, TELL_EVERY_MS, NODE_GONE_MS, KEPT_SECONDS];
    const given = load === undefined ? '' : JSON.stringify(load);
    const reply = await runScript(redis.log, TICK, keysOf(eventId), [...args, given, ...[...claps].flat()]);
    // Safe: the shape is tick.lua's.
    const [code, said] = reply as [number, number | string | undefined];
    if (code === 0) return { waitMs: Number(said) };
    if (code === 1) return { tell: told(String(said)) };
    return code === 2 ? 'nothing' : 'missing';
  },
  totals: async (eventId) => {
    const fields = await redis.log.hgetall(keysOf(eventId)[0] ?? '');
    if (fields['#'] === undefined) return null;
    return { applause: withPrefix(fields, 't:'), viewers: Number(fields['='] ?? 0) };
  },
  minutes: async (eventId) => {
    const fields = await redis.log.hgetall(keysOf(eventId)[0] ?? '');
    const at = new Set(Object.keys(fields).flatMap((field) => /^[mp]:(\d+)/.exec(field)?.[1] ?? []));
    return [...at].map((minute) => ({
      at: new Date(Number(minute)),
      peak: Number(fields[`p:${minute}`] ?? 0),
      applause: withPrefix(fields, `m:${minute}:`),
    }));
  },
  forget: async (eventId, minutes) => {
    const fields = minutes.flatMap(({ at, applause }) => [
      `p:${at.getTime()}`,
      ...Object.keys(applause).map((emoji) => `m:${at.getTime()}:${emoji}`),
    ]);
    if (fields.length > 0) await redis.log.hdel(keysOf(eventId)[0] ?? '', ...fields);
  },
});

const keysOf = (eventId: string): string[] => {
  const room = roomOf(eventId);
  const prefix = `${partitionPrefix(partitionOf(room))}:applause:${room}`;
  return [prefix, `${prefix}:nodes`];
};

// Safe: encoded by tick.lua, whose empty table is an object.
const told = (json: string): Told => JSON.parse(json) as Told;

const withPrefix = (fields: Record<string, string>, prefix: string): Record<string, number> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([field, count]) =>
      field.startsWith(prefix) ? [[field.slice(prefix.length), Number(count)]] : [],
    ),
  );
