import type { Metrics } from '../../platform/metrics.ts';
import type { LogEntry } from '../../platform/rooms/entries.ts';
import type { Followed } from '../../platform/rooms/followed.ts';
import { ALL_ASKED_AGAIN } from '../../platform/rooms/log.ts';
import type { EncodedEntry } from '../../platform/rooms/ring.ts';
import type { Seat } from '../connections.ts';
import { pendingBytes, signalFrame, writeFrame } from '../frame-writer.ts';
import { createPace } from './pace.ts';
import { entryFrames, type RoomFrame, watermarkFrame } from './room-frames.ts';

/** Sockets written to before the loop gets a breath; a larger room is written in slices. */
const SLICE = 2_000;
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
  stop: () => void;
}

export interface RoomDeliveryParts {
  followed: Followed;
  metrics: Metrics;
  /** Called after each frame to a live seat. @returns false once it has taken the seat out of the live ones */
  keepsUp: (seat: Seat, sentSeq: number) => boolean;
  unseat: (seat: Seat) => void;
  /** Those of the seats' users who may no longer watch. */
  recheck: (seats: Iterable<Seat>) => Promise<string[]>;
}

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
  const { followed, metrics, keepsUp, unseat, recheck } = parts;
  const seats = new Set<Seat>();
  const pace = createPace();
  let waiting: EncodedEntry[] = [];
  let flushedSeq = followed.seq;
  let oldestAtMs = 0;
  let flushTimer: NodeJS.Timeout | null = null;
  let watermarkTimer: NodeJS.Timeout | null = null;
  let tellAllTimer: NodeJS.Timeout | null = null;
  /** A write to a very large room that is still going on; later flushes wait for it. */
  let slicing = false;
  /** Users whose entries were not durable when last told: the ones who wait for the watermark. */
  const authors = new Set<string>();

  const head = () => ({ room: followed.room, epoch: followed.epoch, durable: followed.durable });
  const writeTo = createWriteTo(keepsUp);

  const writeAll = (frames: RoomFrame[]): void => {
    if (seats.size <= SLICE) {
      for (const seat of seats) writeTo(seat, frames);
      return;
    }
    // Who joins meanwhile starts from `flushedSeq` and is not in this list; who leaves is no longer live.
    const list = [...seats].filter((seat) => seat.state === 'live');
    slicing = true;
    const slice = (from: number): void => {
      for (const seat of list.slice(from, from + SLICE)) writeTo(seat, frames);
      if (from + SLICE < list.length) {
        setImmediate(slice, from + SLICE);
        return;
      }
      slicing = false;
      if (waiting.length > 0) flush();
    };
    slice(0);
  };

  const clearTimers = (): void => {
    for (const timer of [flushTimer, watermarkTimer, tellAllTimer]) if (timer) clearTimeout(timer);
    flushTimer = null;
    watermarkTimer = null;
    tellAllTimer = null;
  };

  const flush = (): void => {
    if (slicing || waiting.length === 0) return;
    clearTimers();
    const entries = waiting;
    waiting = [];
    flushedSeq = entries.at(-1)?.seq ?? flushedSeq;
    pace.flushed(performance.now(), entries.length);
    const frames = entryFrames(head(), entries);
    metrics.fanoutLag.observe(Math.max(0, Date.now() - oldestAtMs) / 1_000);
    metrics.framesOut.inc(frames.length * seats.size);
    metrics.entriesOut.inc(entries.length * seats.size);
    writeAll(frames);
  };

  const tellAuthors = (): void => {
    // Seats whose turn in a large room is still to come have not reached `flushedSeq`.
    if (slicing) {
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
    writeAll([watermarkFrame(head(), flushedSeq)]);
  };

  const evict = (users: string[]): void => {
    for (const seat of seats) {
      if (!users.includes(seat.connection.actor.userId)) continue;
      const last = signalFrame('room.left', `{"room":"${followed.room}","seq":${followed.seq}}`);
      unseat(seat);
      writeFrame(seat.connection.socket, last);
    }
  };

  followed.listener = {
    onEntry: (entry: EncodedEntry, source: LogEntry) => {
      if (waiting.length === 0) oldestAtMs = source.atMs;
      waiting.push(entry);
      const by = byOf(source.body);
      if (by) authors.add(by);
      if (source.evicts.length > 0) {
        flush();
        evict(source.evicts);
        // Never rejects: a question that fails counts as no.
        if (source.evicts.includes(ALL_ASKED_AGAIN)) void recheck(seats).then(evict);
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
      flushedSeq = followed.seq;
      writeAll([watermarkFrame(head(), flushedSeq)]);
    },
    onEphemera: (name, json) => {
      const frame = signalFrame(name, json);
      for (const { state, connection } of seats) {
        if (state === 'live' && pendingBytes(connection.socket) < EPHEMERA_STOP_BYTES) {
          writeFrame(connection.socket, frame);
        }
      }
    },
  };

  return {
    followed,
    seats,
    flushedSeq: () => flushedSeq,
    flush,
    stop: () => {
      clearTimers();
      followed.listener = null;
      followed.usedAtMs = performance.now();
    },
  };
};
