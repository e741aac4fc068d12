import type { Redis } from 'ioredis';
import { channelOf } from './keys.ts';

/** What is told to a room's present watchers and then forgotten: typing, counters. */
export interface Ephemera {
  /** Best effort and without order; `data` carries no `room`, it is added. */
  publish: (room: string, signal: string, data: Record<string, unknown>) => void;
  /**
   * Has every node forget what these users may do in the room, and send out of it who may not watch it any more. Nobody else
   * hears of it, unlike of an entry that evicts. A node that Redis cannot reach at that moment misses it.
   * @throws when Redis is away
   */
  recheck: (room: string, userIds: readonly string[]) => Promise<void>;
}

/** First character of an ephemeral publication, which no entry begins with. */
const MARK = '~';

/** Stands where a signal's name would; no signal is called so. */
const RECHECK = 'recheck';

/** Goes by the room's own channel, so that only nodes with watchers hear it. */
export const createEphemera = (redis: Redis): Ephemera => ({
  publish: (room, signal, data) => {
    const message = `${MARK}${signal}|${JSON.stringify({ room, ...data })}`;
    redis.spublish(channelOf(room), message).catch(() => undefined);
  },
  recheck: async (room, userIds) => {
    await redis.spublish(channelOf(room), `${MARK}${RECHECK}|${JSON.stringify(userIds)}`);
  },
});

/** Reads such a publication; null for an entry. */
export const fromEphemera = (message: string): { signal: string; json: string } | { recheck: string[] } | null => {
  if (!message.startsWith(MARK)) return null;
  const at = message.indexOf('|');
  const [signal, json] = [message.slice(1, at), message.slice(at + 1)];
  // Safe: `recheck` wrote it.
  return signal === RECHECK ? { recheck: JSON.parse(json) as string[] } : { signal, json };
};
