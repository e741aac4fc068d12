import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Audience } from '../../platform/rooms/audience.ts';
import type { EngineLog } from '../../platform/rooms/create-log.ts';
import type { Feed } from '../../platform/rooms/feed.ts';
import type { Followed } from '../../platform/rooms/followed.ts';
import type { EncodedEntry } from '../../platform/rooms/ring.ts';
import { createTurns } from '../../platform/turns.ts';
import type { Connection, Seat } from '../connections.ts';
import { type Cursor, missedAfter } from './catch-up.ts';
import { askAgain } from './recheck.ts';
import { createRoomDelivery, type RoomDelivery, type RoomDeliveryParts } from './room-delivery.ts';
import { createSlowReaders } from './slow-readers.ts';

/** Rooms one connection may watch. */
const MAX_SEATS = 500;

/** Questions whether somebody may still watch that are asked at a time, of all rooms together. */
const QUESTIONS_AT_ONCE = 16;

/** How a room begins for a watcher; every later entry follows by itself once the seat is released. */
export interface Seating {
  epoch: string;
  seq: number;
  durable: number;
  mode: 'live' | 'replay' | 'gap';
  entries: EncodedEntry[];
  /** To be called when the answer has been written: from then on the room's frames go to the socket. */
  release: () => void;
}

export interface SeatRequest {
  connection: Connection;
  room: string;
  after: Cursor | undefined;
  /** See `Seat.isPassive`. */
  isPassive: boolean;
  /** By `performance.now()`: before it was asked whether the user may watch. */
  askedAtMs: number;
  /** Entries the answer may hold; a wider gap is answered as one. */
  maxEntries: number;
}

export interface Delivery {
  /** @throws NOT_FOUND, OVERLOADED, CONFLICT when the connection watches too many rooms */
  seat: (request: SeatRequest) => Promise<Seating>;
  unseat: (connection: Connection, room: string) => void;
  /** Who has a seat in the room on this node. */
  seatsIn: (room: string) => Iterable<Seat>;
  /** Takes a closed connection out of all its rooms. */
  dismiss: (connection: Connection) => void;
  stop: () => void;
}

export interface DeliveryParts {
  feed: Feed;
  log: EngineLog;
  logger: Log;
  metrics: Metrics;
  audience: Pick<Audience, 'seated' | 'left'>;
  /** Whether somebody may watch a room, asked afresh. */
  mayWatch: (actor: Actor, room: string) => Promise<boolean>;
  /** Somebody took a seat in the room, or left one. */
  onSeatsChanged: (room: string) => void;
}

/** Seats connections in rooms and writes the rooms to them. */
export const createDelivery = (parts: DeliveryParts): Delivery => {
  const { feed, log, logger, metrics, audience, mayWatch, onSeatsChanged } = parts;
  const rooms = new Map<string, RoomDelivery>();

  const turns = createTurns(() => QUESTIONS_AT_ONCE);

  const remove = (seat: Seat): void => {
    if (seat.state !== 'gone') audience.left(seat.room, seat.connection.actor.userId);
    seat.state = 'gone';
    if (seat.connection.seats.get(seat.room) === seat) {
      seat.connection.seats.delete(seat.room);
      void seat.connection.socket.leave(seat.room);
      onSeatsChanged(seat.room);
    }
    slow.forget(seat);
    const delivery = rooms.get(seat.room);
    if (!delivery) return;
    delivery.seats.delete(seat);
    if (delivery.seats.size > 0) return;
    delivery.stop();
    rooms.delete(seat.room);
  };

  const slow = createSlowReaders({ log, logger, metrics, deliveryOf: (room) => rooms.get(room) });

  const deliveryOf = (followed: Followed): RoomDelivery => {
    const known = rooms.get(followed.room);
    if (known) return known;
    const recheck = { mayWatch: (actor: Actor) => mayWatch(actor, followed.room), turns };
    const { keepsUp, catchUp } = slow;
    const ask: RoomDeliveryParts['askAgain'] = (seats, answered) => askAgain(seats, recheck, answered);
    const delivery = createRoomDelivery({ followed, metrics, keepsUp, catchUp, unseat: remove, askAgain: ask });
    rooms.set(followed.room, delivery);
    return delivery;
  };

  /**
   * Gives the connection its one seat in the room, in the place of the one it may have. In one step: two questions at
   * once, or the room's last watcher leaving, must not come in between.
   */
  const take = ({ connection, isPassive }: SeatRequest, delivery: RoomDelivery): Seat => {
    const { room } = delivery.followed;
    const place = { state: 'behind' as const, released: false, epoch: '', sentSeq: 0 };
    const seated: Seat = { connection, room, isPassive, toldAtMs: Number.NEGATIVE_INFINITY, ...place };
    delivery.seats.add(seated);
    audience.seated(room, connection.actor.userId);
    const earlier = connection.seats.get(room);
    if (earlier) remove(earlier);
    connection.seats.set(room, seated);
    // Broadcasts to users can leave out those who watch.
    void connection.socket.join(room);
    onSeatsChanged(room);
    return seated;
  };

  const begin = async (delivery: RoomDelivery, { after, maxEntries }: SeatRequest) => {
    if (!after) return { mode: 'live' as const, entries: [] };
    delivery.flush();
    // A client that came from a faster node may have read further than this one has heard.
    if (after.epoch === delivery.followed.epoch && after.seq > delivery.flushedSeq()) {
      await delivery.followed.heal();
      delivery.flush();
    }
    const missed = await missedAfter(log, delivery, after, maxEntries);
    if (!missed?.complete) return { mode: 'gap' as const, entries: [] };
    return { mode: missed.entries.length > 0 ? ('replay' as const) : ('live' as const), entries: missed.entries };
  };

  /** Asks again when somebody may have been sent out between the question and the seat, who then would have stayed. */
  const refuseSentOut = async <B>({ followed }: RoomDelivery, request: SeatRequest, begun: B): Promise<B> => {
    if (followed.standingAtMs < request.askedAtMs) return begun;
    if (await mayWatch(request.connection.actor, followed.room)) return begun;
    throw new AppError('NOT_FOUND', 'There is no such room, or not for you.');
  };

  const seat = async (request: SeatRequest): Promise<Seating> => {
    const { connection, room } = request;
    const followed = await feed.follow(room);
    if (!connection.seats.has(room) && connection.seats.size >= MAX_SEATS) {
      throw new AppError('CONFLICT', `A connection may watch ${MAX_SEATS} rooms at most.`);
    }
    if (!connection.socket.connected) throw new AppError('CONFLICT', 'The socket has closed.');
    const delivery = deliveryOf(followed);
    // Seated before the past is read, so that the room stays followed; silent until released.
    const seated = take(request, delivery);
    const start = await begin(delivery, request)
      .then((begun) => refuseSentOut(delivery, request, begun))
      .catch((error: unknown) => {
        remove(seated);
        throw error;
      });
    const { epoch, durable } = delivery.followed;
    delivery.awaitDurable(connection.actor.userId);
    seated.epoch = epoch;
    seated.sentSeq =
      start.entries.at(-1)?.seq ??
      (start.mode === 'gap' ? delivery.flushedSeq() : (request.after?.seq ?? delivery.flushedSeq()));
    metrics.resumes.inc({ result: start.mode });
    const release = (): void => {
      seated.released = true;
      slow.catchUp(seated);
    };
    return { ...start, epoch, durable, seq: seated.sentSeq, release };
  };

  return {
    seat,
    unseat: (connection, room) => {
      const known = connection.seats.get(room);
      if (known) remove(known);
    },
    seatsIn: (room) => rooms.get(room)?.seats ?? [],
    dismiss: (connection) => {
      for (const seated of [...connection.seats.values()]) remove(seated);
    },
    stop: () => {
      for (const delivery of rooms.values()) delivery.stop();
      rooms.clear();
    },
  };
};
