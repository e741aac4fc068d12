import type { Metrics } from '../../platform/metrics.ts';
import type { LogEntry } from '../../platform/rooms/entries.ts';
import type { Followed } from '../../platform/rooms/followed.ts';
import { ALL_ASKED_AGAIN } from '../../platform/rooms/log.ts';
import type { EncodedEntry } from '../../platform/rooms/ring.ts';
import type { Seat } from '../connections.ts';
import { pendingBytes, signalFrame, writeFrame } from '../frame-writer.ts';
import { type AskingParts, createAsking, createAskingAbout, seatsOf } from './asking.ts';
import { createPace } from './pace.ts';
import { entryFrames, gapFrame, leftFrame, type RoomFrame, watermarkFrame } from './room-frames.ts';
import { createSlices } from './slices.ts';
import { PASSIVE_REST_MS } from './slow-readers.ts';

/** How long after the watermark moved its authors are told when no entry carries it. */
const TELL_AUTHORS_MS = 150;
/** How long a room must be quiet before everyone is told the watermark. */
const TELL_ALL_MS = 2_000;

/** Above this much unsent, ephemera are not worth sending any more. */
const EPHEMERA_STOP_BYTES = 64 * 1_024;

/** Writes one room to its watchers on this node. */
export interface RoomDelivery {
  followed: Followed;
  seats: Set<Seat>;
  /** Everything up to here was written to every live seat. */
  flushedSeq: () => number;
  /** Writes what is waiting at once, so that live seats are level with what this node has seen. */
  flush: () => void;
  /** Somebody was seated while entries, theirs perhaps, were not durable: they are told the watermark when it moves. */
  awaitDurable: (userId: string) => void;
  stop: () => void;
}

export interface RoomDeliveryParts {
  followed: Followed;
  metrics: Metrics;
  /** Called after each frame to a live seat. @returns false once it has taken the seat out of the live ones */
  keepsUp: (seat: Seat, sentSeq: number) => boolean;
  /** Brings a seat that is behind level with the room, and makes it live. */
  catchUp: (seat: Seat) => void;
  unseat: (seat: Seat) => void;
  /** Asks whether the seats' users may still watch, and tells each answer as it comes. Never throws. */
  askAgain: AskingParts['askAgain'];
}

/** A passive seat rests between two frames without being behind in what it may be told now. */
const hearsEphemera = ({ state, released, isPassive, toldAtMs }: Seat, nowMs: number): boolean => {
  if (!isPassive) return state === 'live';
  return released && (state === 'live' || state === 'behind') && nowMs - toldAtMs >= PASSIVE_REST_MS;
};

/** Writes what is told and forgotten to those who hear it now. */
const writeEphemera = (seats: ReadonlySet<Seat>, frame: Parameters<typeof writeFrame>[1]): void => {
  const nowMs = performance.now();
  for (const seat of seats) {
    if (!hearsEphemera(seat, nowMs) || pendingBytes(seat.connection.socket) >= EPHEMERA_STOP_BYTES) continue;
    seat.toldAtMs = nowMs;
    writeFrame(seat.connection.socket, frame);
  }
};

const byOf = (body: string): string | null => {
  const at = body.indexOf('"by":"');
  return at < 0 || at > 80 ? null : body.slice(at + 6, at + 42);
};

/** Writes frames to a live seat until it is no longer live. */
const createWriteTo =
  (keepsUp: RoomDeliveryParts['keepsUp']) =>
  (seat: Seat, frames: RoomFrame[]): void => {
    if (seat.state !== 'live') return;
    for (const frame of frames) {
      writeFrame(seat.connection.socket, frame);
      if (!keepsUp(seat, frame.lastSeq)) return;
    }
  };

export const createRoomDelivery = (parts: RoomDeliveryParts): RoomDelivery => {
  const { followed, metrics, keepsUp, catchUp, unseat, askAgain } = parts;
  const seats = new Set<Seat>();
  const pace = createPace();
  let waiting: EncodedEntry[] = [];
  let flushedSeq = followed.seq;
  let oldestAtMs = 0;
  let flushTimer: NodeJS.Timeout | null = null;
  let watermarkTimer: NodeJS.Timeout | null = null;
  let tellAllTimer: NodeJS.Timeout | null = null;
  /** The epoch that watchers were last told. */
  let { epoch } = followed;
  /** Users whose entries were not durable when last told: the ones who wait for the watermark. */
  const authors = new Set<string>();

  const head = () => ({ room: followed.room, epoch: followed.epoch, durable: followed.durable });
  const writeTo = createWriteTo(keepsUp);
  const slices = createSlices({ seats, writeTo, written: () => flush() });

  const clearTimers = (): void => {
    for (const timer of [flushTimer, watermarkTimer, tellAllTimer]) if (timer) clearTimeout(timer);
    flushTimer = null;
    watermarkTimer = null;
    tellAllTimer = null;
  };

  const flush = (): void => {
    if (slices.isWriting() || waiting.length === 0) return;
    clearTimers();
    const entries = waiting;
    const standing = flushedSeq;
    waiting = [];
    flushedSeq = entries.at(-1)?.seq ?? flushedSeq;
    pace.flushed(performance.now(), entries.length);
    const frames = entryFrames(head(), entries);
    metrics.fanoutLag.observe(Math.max(0, Date.now() - oldestAtMs) / 1_000);
    metrics.framesOut.inc(frames.length * seats.size);
    metrics.entriesOut.inc(entries.length * seats.size);
    slices.write(frames, standing);
  };

  const tellAuthors = (): void => {
    // Seats whose turn in a large room is still to come have not reached `flushedSeq`.
    if (slices.isWriting()) {
      watermarkTimer = setTimeout(tellAuthors, TELL_AUTHORS_MS);
      return;
    }
    watermarkTimer = null;
    const frame = watermarkFrame(head(), flushedSeq);
    for (const seat of seats) if (authors.has(seat.connection.actor.userId)) writeTo(seat, [frame]);
    authors.clear();
    tellAllTimer ??= setTimeout(tellAll, TELL_ALL_MS);
  };

  const tellAll = (): void => {
    tellAllTimer = null;
    slices.write([watermarkFrame(head(), flushedSeq)], flushedSeq);
  };

  const sendOut = (seat: Seat): void => {
    unseat(seat);
    writeFrame(seat.connection.socket, leftFrame(followed.room, followed.seq));
  };

  const askEverybody = createAsking({
    seats,
    standing: (seat) => ({ epoch: followed.epoch, seq: slices.standing(seat) ?? flushedSeq }),
    askAgain,
    catchUp,
    sendOut,
  });

  /** What is done first for those who may go on after entries that are gone. */
  const beginAt = (seq: number, isNewEpoch: boolean) => {
    const frame = isNewEpoch ? watermarkFrame(head(), seq) : gapFrame(head(), seq);
    return (seat: Seat): void => {
      // Whose answer is not written yet is told by it, or by what is missing after it.
      if (!seat.released) return;
      Object.assign(seat, { epoch: followed.epoch, sentSeq: seq });
      writeFrame(seat.connection.socket, frame);
    };
  };

  followed.listener = {
    onEntry: (entry: EncodedEntry, source: LogEntry) => {
      if (waiting.length === 0) oldestAtMs = source.atMs;
      waiting.push(entry);
      const by = byOf(source.body);
      if (by) authors.add(by);
      if (source.evicts.length > 0) {
        flush();
        for (const seat of seatsOf(seats, source.evicts)) sendOut(seat);
        if (source.evicts.includes(ALL_ASKED_AGAIN)) askEverybody(() => undefined);
        return;
      }
      const waitMs = pace.waitMs(performance.now());
      if (waitMs === 0) flush();
      else flushTimer ??= setTimeout(flush, waitMs);
    },
    onDurable: () => {
      if (waiting.length > 0 || authors.size === 0) return;
      watermarkTimer ??= setTimeout(tellAuthors, TELL_AUTHORS_MS);
    },
    onReset: () => {
      clearTimers();
      waiting = [];
      // Whoever was sent out by an entry that is gone must not hear the next one: everybody is asked about, first of all.
      const isNewEpoch = epoch !== followed.epoch;
      epoch = followed.epoch;
      flushedSeq = followed.seq;
      askEverybody(beginAt(flushedSeq, isNewEpoch));
    },
    onRecheck: createAskingAbout({ seats, askAgain, sendOut }),
    onEphemera: (name, json) => {
      writeEphemera(seats, signalFrame(name, json));
    },
  };

  return {
    followed,
    seats,
    flushedSeq: () => flushedSeq,
    flush,
    awaitDurable: (userId) => void (followed.durable < followed.seq && authors.add(userId)),
    stop: () => {
      clearTimers();
      followed.listener = null;
      followed.usedAtMs = performance.now();
    },
  };
};
