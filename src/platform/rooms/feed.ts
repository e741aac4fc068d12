import type { Redis } from 'ioredis';
import { AppError } from '../../kernel/errors.ts';
import type { Log } from '../log.ts';
import type { EngineLog } from './create-log.ts';
import { fromPublication } from './entries.ts';
import { fromEphemera } from './ephemera.ts';
import { createFollowed, type Followed } from './followed.ts';
import { channelOf } from './keys.ts';

/** A room nobody on this node used for this long is no longer followed; long enough to spare re-subscribing. */
const IDLE_MS = 30_000;
const SWEEP_EVERY_MS = 1_000;
/** Every followed room is compared with its log once in this many sweeps, should Redis have dropped a publication. */
const SWEEPS_PER_CHECK = 30;
const CHANNELS_PER_COMMAND = 500;
const CHECKS_AT_ONCE = 50;

export interface Feed {
  /**
   * The room, subscribed and positioned: from here on every entry is seen, in order, with none missing.
   * @throws NOT_FOUND, OVERLOADED
   */
  follow: (room: string) => Promise<Followed>;
  /** The room if it is being followed already. */
  find: (room: string) => Followed | undefined;
  stop: () => Promise<void>;
}

export interface FeedParts {
  log: EngineLog;
  /** A connection of its own, for subscribing; `autoResubscribe` off. */
  subscriber: Redis;
  logger: Log;
  onGap: () => void;
}

/** Follows rooms on behalf of everything on this node, one subscription a room. */
export const createFeed = ({ log, subscriber, logger, onGap }: FeedParts): Feed => {
  const rooms = new Map<string, Promise<Followed>>();
  const open = new Map<string, Followed>();
  /** Rooms that may have missed something and could not be compared with the log yet; each sweep tries again. */
  const unsure = new Set<Followed>();
  const byChannel = new Map<string, Followed>();

  subscriber.on('smessage', (channel: string, message: string) => {
    const followed = byChannel.get(channel);
    if (!followed) return;
    const ephemera = fromEphemera(message);
    if (!ephemera) followed.hear(fromPublication(message));
    else if ('recheck' in ephemera) followed.recheck(ephemera.recheck);
    else followed.listener?.onEphemera(ephemera.signal, ephemera.json);
  });

  const start = async (room: string): Promise<Followed> => {
    if (subscriber.status !== 'ready') {
      throw new AppError('OVERLOADED', "The rooms' log cannot be reached.", { retryAfterMs: 1_000 });
    }
    const followed = createFollowed({ room, log, logger, onGap, onUnsure: () => unsure.add(followed) });
    const channel = channelOf(room);
    byChannel.set(channel, followed);
    try {
      // Subscribed first, positioned second: what is appended in between is heard and waits.
      await subscriber.ssubscribe(channel);
      await followed.heal();
    } catch (error) {
      byChannel.delete(channel);
      subscriber.sunsubscribe(channel).catch(() => undefined);
      if (error instanceof AppError) throw error;
      throw new AppError('OVERLOADED', "The rooms' log cannot be reached.", { retryAfterMs: 1_000 });
    }
    open.set(room, followed);
    return followed;
  };

  const follow = (room: string): Promise<Followed> => {
    const known = rooms.get(room);
    if (known) return known;
    const starting = start(room);
    rooms.set(room, starting);
    starting.catch(() => rooms.delete(room));
    return starting;
  };

  const drop = (followed: Followed): void => {
    rooms.delete(followed.room);
    open.delete(followed.room);
    unsure.delete(followed);
    byChannel.delete(channelOf(followed.room));
    subscriber.sunsubscribe(channelOf(followed.room)).catch(() => undefined);
  };

  const check = async (followed: Followed): Promise<void> => {
    try {
      await followed.heal();
      unsure.delete(followed);
    } catch {
      if (open.has(followed.room)) unsure.add(followed);
    }
  };

  const healAll = async (list: Followed[]): Promise<void> => {
    for (let from = 0; from < list.length; from += CHECKS_AT_ONCE) {
      await Promise.all(list.slice(from, from + CHECKS_AT_ONCE).map(check));
    }
  };

  const resubscribe = async (): Promise<void> => {
    const channels = [...byChannel.keys()];
    for (let from = 0; from < channels.length; from += CHANNELS_PER_COMMAND) {
      await subscriber.ssubscribe(...channels.slice(from, from + CHANNELS_PER_COMMAND));
    }
    await healAll([...open.values()]);
  };
  subscriber.on('ready', () => {
    resubscribe().catch((error: unknown) => logger.warn({ err: error }, 'rooms could not be followed again yet'));
  });

  let sweeps = 0;
  const sweep = (): void => {
    sweeps += 1;
    const nowMs = performance.now();
    let index = 0;
    const due = new Set(unsure);
    for (const followed of open.values()) {
      index += 1;
      if (!followed.listener && nowMs - followed.usedAtMs > IDLE_MS) drop(followed);
      else if ((index + sweeps) % SWEEPS_PER_CHECK === 0) due.add(followed);
    }
    // Never rejects.
    if (subscriber.status === 'ready') void healAll([...due]);
  };
  const timer = setInterval(sweep, SWEEP_EVERY_MS);
  timer.unref();

  return {
    follow,
    find: (room) => open.get(room),
    stop: async () => {
      clearInterval(timer);
      subscriber.disconnect();
    },
  };
};
