import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { EngineLog } from '../../platform/rooms/create-log.ts';
import type { EncodedEntry } from '../../platform/rooms/ring.ts';
import { createUnread } from '../../platform/unread.ts';
import type { Seat } from '../connections.ts';
import { isFull, readerOf, writeFrame } from '../frame-writer.ts';
import { missedAfter } from './catch-up.ts';
import type { RoomDelivery } from './room-delivery.ts';
import { entryFrames, gapFrame } from './room-frames.ts';

/** Entries read from the log at a time; fewer are written when they are large. */
const BATCH = 100;

/** A passive seat gets one frame of entries in this time; what comes meanwhile is in the next one. */
export const PASSIVE_REST_MS = 1_000;

export interface SlowReaders {
  /**
   * Looks at what a socket has unsent after a frame that brought it to `sentSeq`. A node so holds for one socket what
   * it may lag and one frame more.
   * @returns false when it is too much: the seat is then off the live path
   */
  keepsUp: (seat: Seat, sentSeq: number) => boolean;
  /** Brings a seat level with its room, as fast as its reader reads, and makes it live. */
  catchUp: (seat: Seat) => void;
  forget: (seat: Seat) => void;
}

export interface SlowReadersParts {
  log: EngineLog;
  logger: Log;
  metrics: Metrics;
  deliveryOf: (room: string) => RoomDelivery | undefined;
}

/** Keeps what one reader cannot take from costing anyone else: a bounded buffer, then repair from the log, then the door. */
export const createSlowReaders = ({ log, logger, metrics, deliveryOf }: SlowReadersParts): SlowReaders => {
  /** Seats that get no more entries; they are caught up from the log when their socket reads again. */
  const lagging = new Map<string, Set<Seat>>();
  const unread = createUnread<string>(() => metrics.slowConsumers.inc({ action: 'close' }));

  const put = (seat: Seat): void => {
    const { id, socket } = seat.connection;
    const seats = lagging.get(id) ?? new Set();
    lagging.set(id, seats.add(seat));
    const isNew = unread.watch(id, readerOf(socket), () => {
      lagging.delete(id);
      for (const lagged of seats) catchUp(lagged);
    });
    if (isNew) metrics.slowConsumers.inc({ action: 'lag' });
  };

  /** Writes nothing to a passive seat for a while; then it gets all of it in one go. */
  const rest = (seat: Seat): void => {
    setTimeout(catchUp, PASSIVE_REST_MS, seat).unref();
  };

  const isSeated = (seat: Seat): RoomDelivery | undefined => {
    const delivery = deliveryOf(seat.room);
    return delivery?.seats.has(seat) ? delivery : undefined;
  };

  const isPressed = (seat: Seat): boolean => isFull(seat.connection.socket);

  const write = (seat: Seat, delivery: RoomDelivery, entries: EncodedEntry[]): void => {
    const { epoch, durable } = delivery.followed;
    for (const frame of entryFrames({ room: seat.room, epoch, durable }, entries)) {
      writeFrame(seat.connection.socket, frame);
      seat.sentSeq = frame.lastSeq;
      if (isPressed(seat)) return;
    }
  };

  /** The log no longer holds what the reader missed: said plainly, so that it fetches the state and goes on from here. */
  const startAfresh = (seat: Seat, delivery: RoomDelivery): void => {
    metrics.slowConsumers.inc({ action: 'gap' });
    seat.epoch = delivery.followed.epoch;
    seat.sentSeq = delivery.flushedSeq();
    seat.state = 'live';
    writeFrame(seat.connection.socket, gapFrame(delivery.followed, seat.sentSeq));
  };

  const isLevel = (seat: Seat, delivery: RoomDelivery): boolean =>
    seat.sentSeq === delivery.flushedSeq() && seat.epoch === delivery.followed.epoch;

  /** Writes the next batch to the seat. @returns whether it is still behind and its reader can take more */
  const advance = async (seat: Seat): Promise<boolean> => {
    const delivery = isSeated(seat);
    if (!delivery) return false;
    const { epoch, sentSeq: seq } = seat;
    const missed = await missedAfter(log, delivery, { epoch, seq }, BATCH);
    // Meanwhile it may have been asked about and have gone on from elsewhere.
    if (!isSeated(seat) || seat.state !== 'behind' || seat.epoch !== epoch || seat.sentSeq !== seq) return false;
    if (!missed) {
      startAfresh(seat, delivery);
      return false;
    }
    write(seat, delivery, missed.entries);
    if (isLevel(seat, delivery)) {
      if (seat.isPassive) rest(seat);
      else seat.state = 'live';
      return false;
    }
    if (!isPressed(seat)) return true;
    put(seat);
    return false;
  };

  const advanceWhileRead = async (seat: Seat): Promise<void> => {
    while (await advance(seat));
  };

  const catchUp = (seat: Seat): void => {
    const delivery = isSeated(seat);
    // Who is asked about goes on when the answer is there.
    if (!delivery || seat.state !== 'behind') return;
    if (isLevel(seat, delivery)) {
      seat.state = 'live';
      return;
    }
    advanceWhileRead(seat).catch((error: unknown) => {
      logger.debug({ room: seat.room, err: error }, 'a reader could not be caught up yet');
      if (isSeated(seat)) put(seat);
    });
  };

  return {
    keepsUp: (seat, sentSeq) => {
      const isTooMuch = isPressed(seat);
      if (!isTooMuch && !seat.isPassive) return true;
      seat.state = 'behind';
      seat.sentSeq = sentSeq;
      const delivery = isSeated(seat);
      if (delivery) seat.epoch = delivery.followed.epoch;
      if (isTooMuch) put(seat);
      else rest(seat);
      return false;
    },
    catchUp,
    forget: (seat) => {
      const { id } = seat.connection;
      const seats = lagging.get(id);
      seats?.delete(seat);
      if (seats?.size !== 0) return;
      lagging.delete(id);
      unread.forget(id);
    },
  };
};
