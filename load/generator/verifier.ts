/** What went wrong in a room, counted over all its receivers; every field is 0 when nothing did. */
export interface Faults {
  /** Deliveries that never came. */
  lost: number;
  /** Deliveries that came again. */
  doubled: number;
  /** Deliveries that a receiver got after one that, for another receiver, came later: no single order exists. */
  disagreed: number;
  /** Deliveries that overtook an earlier message of the same publisher. */
  inverted: number;
  /** Deliveries whose body is not what was sent. */
  damaged: number;
  /** Deliveries of messages that the server had refused. */
  phantom: number;
}

export const noFaults = (): Faults => ({ lost: 0, doubled: 0, disagreed: 0, inverted: 0, damaged: 0, phantom: 0 });

/** The sum of two counts, field by field. */
export const addFaults = (a: Faults, b: Faults): Faults => ({
  lost: a.lost + b.lost,
  doubled: a.doubled + b.doubled,
  disagreed: a.disagreed + b.disagreed,
  inverted: a.inverted + b.inverted,
  damaged: a.damaged + b.damaged,
  phantom: a.phantom + b.phantom,
});

const FIRST_CAPACITY = 256;
const UNRANKED = -1;

/**
 * Checks that every receiver of one room gets every message once, intact and in one order.
 * Messages are numbered from 0 in the order they were sent. The room's order is defined by whoever sees a message
 * first: when all agree, no receiver can see ranks descend.
 */
export class Verifier {
  readonly #receivers: Receiver[];
  readonly #publishers: number;
  #first = 0;
  #nextRank = 0;
  #ranks: number[] = [];
  #sentBy: number[] = [];
  readonly #refused = new Set<number>();
  readonly #uncertain = new Set<number>();
  #delivered = 0;
  #faults = noFaults();

  constructor(counts: { receivers: number; publishers: number }) {
    this.#publishers = counts.publishers;
    this.#receivers = Array.from({ length: counts.receivers }, () => newReceiver(counts.publishers));
  }

  /** Notes that `publisher` sends the next message. @returns its number */
  sent(publisher: number): number {
    this.#sentBy.push(publisher);
    this.#ranks.push(UNRANKED);
    return this.#first + this.#sentBy.length - 1;
  }

  /** Notes that the server refused a message: nobody may get it. */
  refused(number: number): void {
    this.#refused.add(number);
  }

  /**
   * Notes that nobody knows what became of a message: who gets it gets it once and where the others do, who does not misses
   * nothing. What its sender says on the next connection may overtake it, for it was never answered.
   */
  uncertain(number: number): void {
    this.#uncertain.add(number);
  }

  /**
   * Notes that `receiver` got message `number`.
   * @returns whether this is its first delivery to this receiver in this phase, and so one whose latency counts
   */
  delivered(receiver: number, number: number): boolean {
    const index = number - this.#first;
    const state = this.#receivers[receiver];
    if (index < 0 || state === undefined) return false;
    if (index >= this.#sentBy.length) return this.damaged();
    const times = seenTimes(state, index);
    if (times > 0) {
      this.#faults.doubled++;
      return false;
    }
    this.#delivered++;
    this.#checkOrder(state, index);
    return true;
  }

  /** Notes a delivery whose body is not what was sent. */
  damaged(): false {
    this.#faults.damaged++;
    return false;
  }

  /** Deliveries that are still to come. */
  get missing(): number {
    const certain = this.#sentBy.length - this.#refused.size - this.#uncertain.size;
    return (
      certain * this.#receivers.length - this.#delivered + this.#seenOf(this.#refused) + this.#seenOf(this.#uncertain)
    );
  }

  /** What was counted since the phase began; what is still missing counts as lost. */
  faults(): Faults {
    return { ...this.#faults, lost: Math.max(0, this.missing), phantom: this.#seenOf(this.#refused) };
  }

  /** Forgets the messages so far: what of them still arrives is ignored, numbers go on. */
  nextPhase(): void {
    this.#first += this.#sentBy.length;
    this.#nextRank = 0;
    this.#ranks = [];
    this.#sentBy = [];
    this.#refused.clear();
    this.#uncertain.clear();
    this.#delivered = 0;
    this.#faults = noFaults();
    for (const receiver of this.#receivers) clearReceiver(receiver, this.#publishers);
  }

  #checkOrder(receiver: Receiver, index: number): void {
    let rank = this.#ranks[index] ?? UNRANKED;
    if (rank === UNRANKED) {
      rank = this.#nextRank++;
      this.#ranks[index] = rank;
    }
    if (rank < receiver.highestRank) this.#faults.disagreed++;
    else receiver.highestRank = rank;
    const publisher = this.#sentBy[index] ?? 0;
    if (index >= (receiver.latestOf[publisher] ?? -1)) receiver.latestOf[publisher] = index;
    else if (!this.#uncertain.has(this.#first + index)) this.#faults.inverted++;
  }

  /** How many deliveries there were of these messages. */
  #seenOf(numbers: ReadonlySet<number>): number {
    let count = 0;
    for (const number of numbers) {
      for (const receiver of this.#receivers) count += receiver.seen[number - this.#first] ? 1 : 0;
    }
    return count;
  }
}

interface Receiver {
  /** How often each message of the phase came, saturating. */
  seen: Uint8Array;
  highestRank: number;
  latestOf: Int32Array;
}

const newReceiver = (publishers: number): Receiver => ({
  seen: new Uint8Array(FIRST_CAPACITY),
  highestRank: UNRANKED,
  latestOf: new Int32Array(publishers).fill(-1),
});

function clearReceiver(receiver: Receiver, publishers: number): void {
  receiver.seen.fill(0);
  receiver.highestRank = UNRANKED;
  receiver.latestOf = new Int32Array(publishers).fill(-1);
}

/** @returns how often message `index` had come before, and counts this time */
function seenTimes(receiver: Receiver, index: number): number {
  if (index >= receiver.seen.length) {
    const grown = new Uint8Array(Math.max(index + 1, receiver.seen.length * 2));
    grown.set(receiver.seen);
    receiver.seen = grown;
  }
  const before = receiver.seen[index] ?? 0;
  receiver.seen[index] = Math.min(255, before + 1);
  return before;
}
