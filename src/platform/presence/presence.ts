import type { Redis } from 'ioredis';
import type { SignalContract } from '../../kernel/contract.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { SharedClock } from '../redis/shared-clock.ts';
import { createDevices, TURN_MS } from './devices.ts';
import { hearChannels } from './hear.ts';
import { createLease } from './lease.ts';
import type { Seated } from './seat.store.ts';
import { createPresenceStore, type PresenceStore } from './store.ts';
import { createSweeper, SWEEP_MS } from './sweeper.ts';
import { QUIET_MS, RENEW_MS, SHORT_GRACE_MS } from './times.ts';

/** What follows presence on a node: it decides what is told to whom. */
export interface Attendant {
  /** What these people chose to be seen as. */
  chosenBy: (userIds: string[]) => Promise<ReadonlyMap<string, string>>;
  /** Something about these people may be different. @param atMs when it happened */
  onChanged: (userIds: string[], atMs: number) => void;
  /** See `decideAgain` in `people.store.ts`. */
  onDecideAgain: (names: string[], canWait: boolean) => void;
  /** Anything may have been missed. */
  onDoubt: () => void;
  /** Another lease holds: what is kept under it is to be told anew. */
  onNewLease: () => void;
  /** A connection of this node is gone. */
  onClosed: (connectionId: string) => void;
  /** Somebody took a seat in a room on this node, or left one. */
  onSeatsChanged: (room: string) => void;
  /** A room's number changed. */
  onSeated: (room: string, seated: Seated) => void;
}

/** One connection of this node. */
export interface Place {
  connectionId: string;
  userId: string;
}

/** Where sockets are. */
export interface Shell {
  /** @returns false when nothing was sent: the connection is gone, or has too much unread to be told what can wait */
  tell: <S extends SignalContract>(connectionId: string, signal: S, data: unknown) => boolean;
  /** Who has a seat in the room on this node. */
  seatsIn: (room: string) => Place[];
}

/** What the shell reports. It decides nothing. */
export interface NodePresence {
  arrive: (connectionId: string, userId: string) => void;
  /** @param wasSilent nothing was heard of it for a while already */
  leave: (connectionId: string, wasSilent: boolean) => void;
  touch: (connectionId: string) => void;
  seatsChanged: (room: string) => void;
  /** The node is about to stop: its connections leave one by one, and nobody sweeps them meanwhile. */
  drain: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Who is here, over all nodes. */
export interface Presence {
  /** What Redis knows. */
  people: PresenceStore;
  /** Said once, by the domain that presence belongs to. */
  attend: (attendant: Attendant) => void;
  /** Said once, in processes with sockets. */
  serve: (shell: Shell) => NodePresence;
  /** Tells a connection of this node something; see `Shell`. */
  tell: Shell['tell'];
  seatsIn: Shell['seatsIn'];
  /** Whether the connection is one of this node and still open. */
  isConnected: (connectionId: string) => boolean;
  /** Whether who is not known to be here is not here; false for a while after Redis has lost everything. */
  isSettled: () => Promise<boolean>;
  /** Takes and leaves seats in a room for people of this node; see `seat.lua`. */
  seat: (room: string, joined: readonly string[], left: readonly string[]) => Promise<Seated>;
}

export interface PresenceParts {
  /** The connection of the `bus` role. */
  redis: Redis;
  /** One of its own, for subscribing; `autoResubscribe` off. */
  subscriber: Redis;
  clock: Pick<SharedClock, 'nowMs'>;
  log: Log;
  metrics: Metrics;
}

/** While nobody serves sockets here. */
const NOWHERE: Shell = { tell: () => false, seatsIn: () => [] };

const NOBODY: Attendant = {
  chosenBy: async () => new Map(),
  onChanged: () => undefined,
  onDecideAgain: () => undefined,
  onDoubt: () => undefined,
  onNewLease: () => undefined,
  onClosed: () => undefined,
  onSeatsChanged: () => undefined,
  onSeated: () => undefined,
};

/** Repeats the work, with a pause after each time. It must not throw. @returns what ends it */
const repeat = (work: () => Promise<void>, pauseMs: number): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const turn = async (): Promise<void> => {
    await work();
    if (!isOver) timer = setTimeout(turn, pauseMs).unref();
  };
  void turn();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
};

export const createPresence = ({ redis, subscriber, clock: { nowMs }, log, metrics }: PresenceParts): Presence => {
  const people = createPresenceStore(redis);
  const lease = createLease(people, nowMs);
  let attendant = NOBODY;
  let shell = NOWHERE;

  const devices = createDevices({
    ...{ store: people, lease: lease.name, nowMs, log, metrics },
    chosenBy: (userIds) => attendant.chosenBy(userIds),
    onOverflow: () => {
      lease.giveUp();
      beginAnew();
    },
  });
  const sweeper = createSweeper({
    ...{ store: people, lease: lease.name, nowMs, log, metrics },
    onSeated: (room, seated) => attendant.onSeated(room, seated),
  });

  const beginAnew = (): void => {
    devices.tellAll();
    attendant.onNewLease();
  };

  const renew = async (): Promise<void> => {
    metrics.presenceHere.set(devices.people());
    metrics.presencePending.set(devices.waiting());
    try {
      const state = await lease.renew();
      if (state !== 'held') {
        log.warn({ state }, 'the lease of this node was lost: everybody is told to be here anew');
        beginAnew();
      }
      // Until then whoever is not told of again may be somebody whose node has not come to it yet.
      if (state === 'emptied') setTimeout(() => attendant.onDoubt(), QUIET_MS).unref();
    } catch (error) {
      log.debug({ err: error }, 'the lease of this node could not be renewed');
    }
  };

  const serve: Presence['serve'] = (sockets) => {
    shell = sockets;
    hearChannels(subscriber, {
      onChanged: (userIds, atMs) => attendant.onChanged(userIds, atMs),
      onDecideAgain: (names, canWait) => attendant.onDecideAgain(names, canWait),
      onDoubt: () => attendant.onDoubt(),
      log,
    });
    const stops = [repeat(renew, RENEW_MS), repeat(devices.turn, TURN_MS), repeat(sweeper.turn, SWEEP_MS)];
    return {
      arrive: devices.arrive,
      leave: (connectionId, wasSilent) => {
        devices.leave(connectionId, wasSilent ? SHORT_GRACE_MS : undefined);
        attendant.onClosed(connectionId);
      },
      touch: devices.touch,
      seatsChanged: (room) => attendant.onSeatsChanged(room),
      drain: () => lease.drain().catch((err: unknown) => log.warn({ err }, 'nobody knows that this node drains')),
      stop: async () => {
        for (const stop of stops) stop();
        // What is not told now is swept with the lease.
        for (let turns = 0; devices.waiting() > 0 && turns < MAX_LAST_TURNS; turns += 1) await devices.turn();
        await lease.end().catch(() => undefined);
      },
    };
  };

  return {
    people,
    attend: (domain) => {
      attendant = domain;
    },
    serve,
    tell: (connectionId, signal, data) => shell.tell(connectionId, signal, data),
    seatsIn: (room) => shell.seatsIn(room),
    isConnected: devices.has,
    isSettled: () => people.isSettled(lease.epoch(), nowMs()),
    seat: (room, joined, left) => people.seat(lease.name(), room, { nowMs: nowMs(), joined, left }),
  };
};

const MAX_LAST_TURNS = 500;
