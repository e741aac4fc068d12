import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { EngineLog } from '../../platform/rooms/create-log.ts';
import type { EncodedEntry } from '../../platform/rooms/ring.ts';
import type { Connection, Seat } from '../connections.ts';
import { pendingBytes, takenBytes, terminate, writeFrame } from '../frame-writer.ts';
import { missedAfter } from './catch-up.ts';
import type { RoomDelivery } from './room-delivery.ts';
import { entryFrames, gapFrame } from './room-frames.ts';

/** Above this much unsent a socket gets no more entries; it is caught up from the log when it reads again. */
const LAG_BYTES = 256 * 1_024;
const RESUME_BYTES = 32 * 1_024;
/** A socket that takes not one byte for this long is closed; it may resume where it stopped. */
const STUCK_MS = 15_000;
const CHECK_EVERY_MS = 250;
/** Entries read from the log at a time; fewer are written when they are large. */
const BATCH = 100;

interface Lag {
  connection: Connection;
  seats: Set<Seat>;
  takenBytes: number;
  progressAtMs: number;
}

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
  stop: () => void;
}

export interface SlowReadersParts {
  log: EngineLog;
  logger: Log;
  metrics: Metrics;
  deliveryOf: (room: string) => RoomDelivery | undefined;
}

/** Keeps what one reader cannot take from costing anyone else: a bounded buffer, then repair from the log, then the door. */
export const createSlowReaders = ({ log, logger, metrics, deliveryOf }: SlowReadersParts): SlowReaders => {
  const lagging = new Map<string, Lag>();

  const put = (seat: Seat): void => {
    const { connection } = seat;
    const known = lagging.get(connection.id);
    if (known) {
      known.seats.add(seat);
      return;
    }
    metrics.slowConsumers.inc({ action: 'lag' });
    const taken = takenBytes(connection.socket);
    lagging.set(connection.id, {
      connection,
      seats: new Set([seat]),
      takenBytes: taken,
      progressAtMs: performance.now(),
    });
  };

  const isSeated = (seat: Seat): RoomDelivery | undefined => {
    const delivery = deliveryOf(seat.room);
    return delivery?.seats.has(seat) ? delivery : undefined;
  };

  const isPressed = (seat: Seat): boolean => pendingBytes(seat.connection.socket) > LAG_BYTES;

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
      seat.state = 'live';
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

  const check = (lag: Lag, nowMs: number): void => {
    const { socket } = lag.connection;
    const taken = takenBytes(socket);
    if (taken > lag.takenBytes) {
      lag.takenBytes = taken;
      lag.progressAtMs = nowMs;
    }
    if (pendingBytes(socket) < RESUME_BYTES) {
      lagging.delete(lag.connection.id);
      for (const seat of lag.seats) catchUp(seat);
      return;
    }
    if (nowMs - lag.progressAtMs < STUCK_MS) return;
    metrics.slowConsumers.inc({ action: 'close' });
    lagging.delete(lag.connection.id);
    terminate(socket);
  };

  const timer = setInterval(() => {
    const nowMs = performance.now();
    for (const lag of [...lagging.values()]) check(lag, nowMs);
  }, CHECK_EVERY_MS);
  timer.unref();

  return {
    keepsUp: (seat, sentSeq) => {
      if (!isPressed(seat)) return true;
      seat.state = 'behind';
      seat.sentSeq = sentSeq;
      const delivery = isSeated(seat);
      if (delivery) seat.epoch = delivery.followed.epoch;
      put(seat);
      return false;
    },
    catchUp,
    forget: (seat) => {
      const lag = lagging.get(seat.connection.id);
      lag?.seats.delete(seat);
      if (lag?.seats.size === 0) lagging.delete(seat.connection.id);
    },
    stop: () => clearInterval(timer),
  };
};
