import { backoffMs, pause } from './backoff.ts';
import { RallyError, toRallyError } from './error.ts';
import type { Answer, Frame, Position } from './gate.ts';
import type { Link } from './link.ts';
import { createListeners, type Stop } from './listeners.ts';
import { WatchedRoom, type Watcher } from './watched-room.ts';

/** How far a room is stored: every entry of this epoch up to `durable` is in PostgreSQL. */
export interface Watermark {
  room: string;
  epoch: string;
  durable: number;
}

export interface Subscription {
  /** Of the last entry that was handed on; null before the first answer. */
  position: () => Position | null;
  stop: Stop;
}

type ResumeAnswer = Answer | { room: string; mode: 'refused' };

const CALL_TIMEOUT_MS = 10_000;
/** Rooms taken up by one call after a reconnect. */
const ROOMS_PER_RESUME = 20;
/** A room nobody watches any more is kept this long: pages that are left are often entered again. */
const LINGER_MS = 2_000;

/** All rooms the client watches: asks for them, again after every reconnect, and hands frames to the right one. */
export class Rooms {
  readonly #rooms = new Map<string, WatchedRoom>();
  readonly #watermarks = createListeners<Watermark>();
  readonly #link: () => Link | null;

  /** @param link the link to use now */
  constructor(link: () => Link | null) {
    this.#link = link;
  }

  get onWatermark(): (listener: (watermark: Watermark) => void) => Stop {
    return this.#watermarks.add;
  }

  /** Watches from `after` on; without it, from the server's first answer on. */
  watch(name: string, watcher: Watcher, after?: Position): Subscription {
    const room = this.#rooms.get(name) ?? new WatchedRoom(name);
    this.#rooms.set(name, room);
    const watching = room.add(watcher, after);
    void this.#ask(room);
    return {
      position: () => watching.gate.position,
      stop: () => {
        if (room.remove(watching) > 0) return;
        setTimeout(() => this.#leave(room), LINGER_MS);
      },
    };
  }

  /** Asks for a watched room again: the answer tells its watermark, should the word of it have been lost. */
  askAgain(name: string): void {
    const room = this.#rooms.get(name);
    if (room) void this.#ask(room);
  }

  /** Takes up every room on a new link. Rooms that were never answered are asked for one by one. */
  async resume(link: Link): Promise<void> {
    const known = [...this.#rooms.values()].filter((room) => room.position !== null);
    const fresh = [...this.#rooms.values()].filter((room) => room.position === null);
    await Promise.all(fresh.map((room) => this.#ask(room)));
    for (let start = 0; start < known.length && this.#link() === link; start += ROOMS_PER_RESUME) {
      await this.#resumeSome(link, known.slice(start, start + ROOMS_PER_RESUME));
    }
  }

  frame(frame: Frame): void {
    const room = this.#rooms.get(frame.room);
    if (!room) return;
    if (room.frame(frame)) void this.#ask(room);
    this.#watermarks.tell({ room: frame.room, epoch: frame.epoch, durable: frame.durable });
  }

  /** This reader was so slow that the log has gone on without it. */
  gap(gap: Omit<Answer, 'mode' | 'entries'>): void {
    this.#resumed({ ...gap, mode: 'gap', entries: [] });
  }

  /** The server has stopped sending the room, because of its last entry: the user is no longer a member. */
  left(name: string): void {
    this.#close(name, notForYou());
  }

  /** Forgets everything; nobody is told. */
  clear(): void {
    this.#rooms.clear();
  }

  async #resumeSome(link: Link, rooms: WatchedRoom[]): Promise<void> {
    const cursors = rooms.flatMap((room) => (room.position ? [{ room: room.name, ...room.position }] : []));
    try {
      const answer = await link.call('room.resume', { rooms: cursors }, CALL_TIMEOUT_MS);
      if (this.#link() !== link) return;
      // Safe: the shape of the contract's output.
      for (const each of (answer as { rooms: ResumeAnswer[] }).rooms) this.#resumed(each);
    } catch {
      await Promise.all(rooms.map((room) => this.#ask(room)));
    }
  }

  #resumed(answer: ResumeAnswer): void {
    const room = this.#rooms.get(answer.room);
    if (answer.mode === 'refused') this.#close(answer.room, notForYou());
    else if (this.#answered(answer) && room) void this.#ask(room);
  }

  /** @returns whether someone is left behind by the answer: it was the answer to a later place than theirs */
  #answered(answer: Answer): boolean {
    const isIncomplete = this.#rooms.get(answer.room)?.answer(answer) ?? false;
    this.#watermarks.tell({ room: answer.room, epoch: answer.epoch, durable: answer.durable });
    return isIncomplete;
  }

  /** Asks until nobody is left behind or the link is gone; the next link takes the room up again by itself. */
  async #ask(room: WatchedRoom): Promise<void> {
    // The answer to one question serves all.
    if (room.isAsking) return;
    room.isAsking = true;
    for (let attempt = 0; this.#rooms.get(room.name) === room; attempt += 1) {
      const link = this.#link();
      const delayMs = link ? await this.#askOnce(link, room, attempt) : null;
      if (delayMs === null) break;
      await pause(delayMs);
    }
    room.isAsking = false;
  }

  /** @returns when to ask again, in milliseconds; null when there is nothing more to ask */
  async #askOnce(link: Link, room: WatchedRoom, attempt: number): Promise<number | null> {
    const after = room.position;
    try {
      const answer = await link.call('room.watch', { room: room.name, ...(after && { after }) }, CALL_TIMEOUT_MS);
      // An answer on a replaced link says nothing of the new one.
      if (this.#link() !== link) return 0;
      if (!this.#answered(answer as Answer)) return null;
      // Someone from further back came after the question. Otherwise the server contradicts itself: no tight loop.
      return isSame(after, room.position) ? backoffMs(attempt + 1) : 0;
    } catch (thrown) {
      const error = toRallyError(thrown);
      if (error.retryable) return error.retryAfterMs ?? backoffMs(attempt);
      this.#close(room.name, error);
      return null;
    }
  }

  #leave(room: WatchedRoom): void {
    if (room.isWatched || this.#rooms.get(room.name) !== room) return;
    this.#rooms.delete(room.name);
    // Best effort: a frame that still comes is dropped, and a new link does not watch the room.
    this.#link()
      ?.call('room.unwatch', { room: room.name }, CALL_TIMEOUT_MS)
      .catch(() => undefined);
  }

  #close(name: string, error: RallyError): void {
    const room = this.#rooms.get(name);
    this.#rooms.delete(name);
    room?.close(error);
  }
}

const isSame = (a: Position | null, b: Position | null): boolean => a?.epoch === b?.epoch && a?.seq === b?.seq;

const notForYou = (): RallyError =>
  new RallyError({ code: 'NOT_FOUND', message: 'There is no such room, or not for you.', retryable: false });
