import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Device } from './people.store.ts';
import type { PresenceStore } from './store.ts';
import { ACTIVITY_MS, GRACE_MS } from './times.ts';

/** Connections told to Redis in one turn; with its length, 2,000 a second: what comes back after Redis was lost comes at that pace. */
const AT_ONCE = 100;
export const TURN_MS = 50;
/** After an error; and how soon it is asked again how somebody wants to be seen. */
const RETRY_MS = 1_000;
/** Connections that ended while Redis was away; beyond it they are left to the lease, which is given up. */
const MAX_GONE = 50_000;

interface Gone extends Device {
  graceMs: number;
}

/** The connections of this node, and what Redis has still to be told of them. */
export interface Devices {
  arrive: (connectionId: string, userId: string) => void;
  leave: (connectionId: string, graceMs?: number) => void;
  /** The person did something on it. */
  touch: (connectionId: string) => void;
  /** Another lease holds from now on: everything is told anew. */
  tellAll: () => void;
  /** Tells what there is to tell, as far as one turn goes. Never throws. */
  turn: () => Promise<void>;
  has: (connectionId: string) => boolean;
  /** How many connections Redis has still to be told of. */
  waiting: () => number;
  people: () => number;
}

export interface DevicesParts {
  store: Pick<PresenceStore, 'arrive' | 'leave' | 'touch'>;
  /** The lease that connections are kept under. */
  lease: () => string;
  nowMs: () => number;
  /** What these people chose to be seen as. */
  chosenBy: (userIds: string[]) => Promise<ReadonlyMap<string, string>>;
  /** More ended than can be remembered: they are to be swept with their lease. */
  onOverflow: () => void;
  log: Pick<Log, 'warn' | 'debug'>;
  metrics: Pick<Metrics, 'presenceFlaps'>;
}

/**
 * Brings Redis level with the connections there are: what has changed is told in turns, and told again until it has arrived.
 * All maps are bounded by the connections of the node, and `gone` by `MAX_GONE`.
 */
export const createDevices = (parts: DevicesParts): Devices => {
  const { store, lease, nowMs, chosenBy, onOverflow, log, metrics } = parts;
  const live = new Map<string, Device & { toldAtMs: number }>();
  const users = new Map<string, number>();
  const arrived = new Set<string>();
  const touched = new Set<string>();
  const gone = new Map<string, Gone>();
  let restsUntilMs = 0;

  const count = (userId: string, change: number): void => {
    const left = (users.get(userId) ?? 0) + change;
    if (left > 0) users.set(userId, left);
    else users.delete(userId);
  };

  const some = <Item>(items: Iterable<Item>): Item[] => {
    const taken: Item[] = [];
    for (const item of items) {
      if (taken.length >= AT_ONCE) break;
      taken.push(item);
    }
    return taken;
  };

  const tellGone = async (): Promise<void> => {
    const list = some(gone.values());
    if (list.length === 0) return;
    await store.leave(lease(), nowMs(), list);
    for (const { connectionId } of list) gone.delete(connectionId);
  };

  /** Where that cannot be asked they are here and seen by nobody, for who wants not to be seen must not be. */
  const chosenOrUnknown = async (userIds: string[]): Promise<ReadonlyMap<string, string> | null> => {
    try {
      return await chosenBy(userIds);
    } catch (error) {
      log.debug({ err: error }, 'it could not be asked how people want to be seen');
      return null;
    }
  };

  const tellArrived = async (): Promise<void> => {
    const list = some(arrived).flatMap((id) => live.get(id) ?? []);
    if (list.length === 0) return;
    const under = lease();
    const chosen = await chosenOrUnknown([...new Set(list.map(({ userId }) => userId))]);
    const devices = list.map((one) => ({ ...one, chosen: chosen?.get(one.userId) ?? '' }));
    for (const one of list) one.toldAtMs = one.activeAtMs;
    const flaps = await store.arrive(under, nowMs(), devices);
    metrics.presenceFlaps.inc(flaps);
    // Another lease was taken meanwhile: they are told again under it.
    if (under !== lease()) return;
    if (chosen) for (const { connectionId } of list) arrived.delete(connectionId);
    else restsUntilMs = nowMs() + RETRY_MS;
    // Who went while they were told is told to have gone by the next turn.
  };

  const tellTouched = async (): Promise<void> => {
    const ids = some(touched);
    const list = ids.flatMap((id) => live.get(id) ?? []);
    if (list.length > 0) await store.touch(nowMs(), list);
    for (const id of ids) touched.delete(id);
  };

  return {
    arrive: (connectionId, userId) => {
      const atMs = nowMs();
      live.set(connectionId, { connectionId, userId, activeAtMs: atMs, toldAtMs: atMs });
      count(userId, 1);
      arrived.add(connectionId);
    },
    leave: (connectionId, graceMs = GRACE_MS) => {
      const one = live.get(connectionId);
      if (!one) return;
      live.delete(connectionId);
      count(one.userId, -1);
      arrived.delete(connectionId);
      touched.delete(connectionId);
      gone.set(connectionId, { connectionId, userId: one.userId, activeAtMs: one.activeAtMs, graceMs });
      if (gone.size <= MAX_GONE) return;
      gone.clear();
      onOverflow();
    },
    touch: (connectionId) => {
      const one = live.get(connectionId);
      if (!one) return;
      one.activeAtMs = nowMs();
      if (one.activeAtMs - one.toldAtMs < ACTIVITY_MS) return;
      one.toldAtMs = one.activeAtMs;
      touched.add(connectionId);
    },
    tellAll: () => {
      for (const id of live.keys()) arrived.add(id);
    },
    turn: async () => {
      if (nowMs() < restsUntilMs) return;
      try {
        await tellArrived();
        await tellTouched();
        await tellGone();
      } catch (error) {
        restsUntilMs = nowMs() + RETRY_MS;
        log.warn({ err: error }, 'it could not be told who is here');
      }
    },
    has: (connectionId) => live.has(connectionId),
    waiting: () => arrived.size + gone.size,
    people: () => users.size,
  };
};
