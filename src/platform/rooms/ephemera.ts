import type { Redis } from 'ioredis';
import { channelOf } from './keys.ts';

/** What is told to a room's present watchers and then forgotten: typing, counters. */
export interface Ephemera {
  /** Best effort and without order; `data` carries no `room`, it is added. */
  publish: (room: string, signal: string, data: Record<string, unknown>) => void;
}

/** First character of an ephemeral publication, which no entry begins with. */
const MARK = '~';

/** Goes by the room's own channel, so that only nodes with watchers hear it. */
export const createEphemera = (redis: Redis): Ephemera => ({
  publish: (room, signal, data) => {
    const message = `${MARK}${signal}|${JSON.stringify({ room, ...data })}`;
    redis.spublish(channelOf(room), message).catch(() => undefined);
  },
});

/** Reads such a publication; null for an entry. */
export const fromEphemera = (message: string): { signal: string; json: string } | null => {
  if (!message.startsWith(MARK)) return null;
  const at = message.indexOf('|');
  return { signal: message.slice(1, at), json: message.slice(at + 1) };
};
