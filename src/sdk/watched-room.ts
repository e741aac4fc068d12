import type { RallyError } from './error.ts';
import { type Answer, type Frame, Gate, type Passed, type Position, type WireEntry } from './gate.ts';
import { tellSafely } from './listeners.ts';

/** What a watcher of one room is told. */
export interface Watcher<E = WireEntry> {
  /** Entries it has not had yet, in order. */
  onEntries?: ((entries: E[]) => void) | undefined;
  /** Entries were missed for good: fetch the state anew. What follows comes after `position`. */
  onGap?: ((position: Position) => void) | undefined;
  /** The room may no longer be watched; nothing follows. */
  onClosed?: ((error: RallyError) => void) | undefined;
}

interface Watching {
  gate: Gate;
  watcher: Watcher;
}

/** One room and those in this program who watch it, each with a place of its own in the log. */
export class WatchedRoom {
  readonly name: string;
  /** A question is open. */
  isAsking = false;
  readonly #watching = new Set<Watching>();
  #epoch: string | undefined;

  constructor(name: string) {
    this.name = name;
  }

  get isWatched(): boolean {
    return this.#watching.size > 0;
  }

  /** The earliest place any watcher is at: what the server must go on from. Null before the first answer. */
  get position(): Position | null {
    const positions = [...this.#watching].map(({ gate }) => gate.position).filter((position) => position !== null);
    const current = positions.filter(({ epoch }) => epoch === this.#epoch);
    const candidates = current.length > 0 ? current : positions;
    return candidates.reduce<Position | null>((least, each) => (least && least.seq <= each.seq ? least : each), null);
  }

  add(watcher: Watcher, after?: Position): Watching {
    const watching = { gate: new Gate(after), watcher };
    this.#watching.add(watching);
    return watching;
  }

  /** @returns how many still watch */
  remove(watching: Watching): number {
    this.#watching.delete(watching);
    return this.#watching.size;
  }

  /** @returns whether something is missing that must be asked for */
  frame(frame: Frame): boolean {
    return this.#pass((gate) => gate.frame(frame));
  }

  /** @returns whether something is missing that must be asked for */
  answer(answer: Answer): boolean {
    this.#epoch = answer.epoch;
    return this.#pass((gate) => gate.answer(answer));
  }

  close(error: RallyError): void {
    for (const { watcher } of [...this.#watching]) tellSafely(() => watcher.onClosed?.(error));
    this.#watching.clear();
  }

  #pass(through: (gate: Gate) => Passed): boolean {
    let hole = false;
    for (const { gate, watcher } of [...this.#watching]) {
      const passed = through(gate);
      hole ||= passed.hole;
      const { gap } = passed;
      if (gap) tellSafely(() => watcher.onGap?.(gap));
      if (passed.entries.length > 0) tellSafely(() => watcher.onEntries?.(passed.entries));
    }
    return hole;
  }
}
