/** A place in a room's log. */
export interface Position {
  epoch: string;
  /** The last entry that was seen. */
  seq: number;
}

/** An entry as it comes over the wire; `data` is what the signal's contract says. */
export interface WireEntry {
  seq: number;
  signal: string;
  at: string;
  by?: string | undefined;
  data: unknown;
}

/** `room.entries`: the newest entries of one room. */
export interface Frame {
  room: string;
  epoch: string;
  entries: WireEntry[];
  durable: number;
}

/** The answer of `room.watch`, and each of `room.resume`. */
export interface Answer extends Position {
  room: string;
  durable: number;
  mode: 'live' | 'replay' | 'gap';
  entries: WireEntry[];
}

/** What may be handed on, in order, and what is wrong. */
export interface Passed {
  entries: WireEntry[];
  /** Entries were missed for good: state must be fetched anew. Where the log goes on, before `entries`. */
  gap: Position | null;
  /** Something is missing that the server still has: watch again from the gate's position. */
  hole: boolean;
}

/** Entries that may wait for an earlier one. Beyond it all are dropped; watching again brings them back. */
const MAX_HELD = 1_000;

/**
 * Lets each entry of a room through exactly once and in order, whatever arrives: repeats are dropped, early ones
 * held until the hole before them is filled, another epoch is never mixed in.
 */
export class Gate {
  #epoch: string | null;
  #seq: number;
  #heldEpoch = '';
  readonly #held = new Map<number, WireEntry>();

  /** @param after the last entry already known; absent: from the first answer on */
  constructor(after?: Position) {
    this.#epoch = after?.epoch ?? null;
    this.#seq = after?.seq ?? 0;
  }

  /** Null until the first answer, when no position was given. */
  get position(): Position | null {
    return this.#epoch === null ? null : { epoch: this.#epoch, seq: this.#seq };
  }

  frame(frame: Frame): Passed {
    this.#hold(frame.epoch, frame.entries);
    if (this.#epoch === null) return { entries: [], gap: null, hole: false };
    const entries = this.#take();
    return { entries, gap: null, hole: this.#epoch !== frame.epoch || this.#held.size > 0 };
  }

  answer(answer: Answer): Passed {
    const first = this.#epoch === null;
    if (first || this.#isGap(answer)) {
      this.#epoch = answer.epoch;
      this.#seq = answer.seq;
      const gap = first ? null : { epoch: answer.epoch, seq: answer.seq };
      return { entries: this.#take(), gap, hole: false };
    }
    this.#hold(answer.epoch, answer.entries);
    const entries = this.#take();
    // An answer to someone who knew more than this gate leaves a hole here.
    return { entries, gap: null, hole: this.#seq < answer.seq || this.#held.size > 0 };
  }

  #isGap(answer: Answer): boolean {
    if (answer.epoch !== this.#epoch) return true;
    return answer.mode === 'gap' && answer.seq > this.#seq;
  }

  #hold(epoch: string, entries: WireEntry[]): void {
    if (epoch !== this.#heldEpoch || this.#held.size > MAX_HELD) this.#held.clear();
    this.#heldEpoch = epoch;
    for (const entry of entries) this.#held.set(entry.seq, entry);
  }

  #take(): WireEntry[] {
    if (this.#heldEpoch !== this.#epoch) return [];
    const entries: WireEntry[] = [];
    for (const seq of this.#held.keys()) if (seq <= this.#seq) this.#held.delete(seq);
    for (let next = this.#held.get(this.#seq + 1); next; next = this.#held.get(this.#seq + 1)) {
      this.#held.delete(next.seq);
      this.#seq = next.seq;
      entries.push(next);
    }
    return entries;
  }
}
