import { backoffMs, pause } from './backoff.ts';
import type { Receipt } from './contract.ts';
import { type RallyError, toRallyError } from './error.ts';
import type { Unsent } from './outbox-store.ts';
import type { Watermark } from './rooms.ts';

export interface LaneOptions {
  /** Sends once. @throws RallyError */
  send: (entry: Unsent) => Promise<Receipt>;
  isOnline: () => boolean;
  onAccepted: (entry: Unsent) => void;
  onFailed: (entry: Unsent, error: RallyError) => void;
  onDurable: (entry: Unsent) => void;
}

/** How often an accepted message of a closed room is looked for: stored a moment later, or not at all. */
const CONFIRMATIONS = 8;

/** The unsent messages of one chat, sent one after the other so that they are read in the order they were written. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #entries: Unsent[] = [];
  #epoch: string | undefined;
  /** Epochs the room has left behind; what was accepted under them and not stored may be lost. */
  readonly #past = new Set<string>();
  #pumping = false;
  /** Sent, and not answered yet. */
  #underWay: Unsent | null = null;
  /** Set when what is under way was given up: to be called with its outcome known. */
  #endDiscarded: (() => void) | null = null;
  #isConfirming = false;
  /** Messages that the server knew when it was asked; where it then still lets nobody watch, they are stored. */
  readonly #known = new Set<Unsent>();

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get entries(): readonly Unsent[] {
    return this.#entries;
  }

  /** Something is accepted and not known to be stored. */
  get isWaiting(): boolean {
    return this.#accepted().length > 0;
  }

  add(entry: Unsent): void {
    this.#entries.push(entry);
  }

  remove(entry: Unsent): void {
    const index = this.#entries.indexOf(entry);
    if (index >= 0) this.#entries.splice(index, 1);
  }

  /** Sends nothing more. */
  close(): void {
    this.#entries.length = 0;
  }

  /** Sends no more what is under way: resolves when its receipt, if it arrived, is known. Null for what is not. */
  discard(entry: Unsent): Promise<void> | null {
    if (this.#underWay !== entry) return null;
    return new Promise((resolve) => {
      this.#endDiscarded = resolve;
    });
  }

  /**
   * Settles what was accepted, after the room was closed to this user: who has left is given the first answer of what is
   * stored, and nothing of what is not. Whoever may watch again does, and the watermark tells.
   */
  async confirm(watchAgain: () => void): Promise<void> {
    if (this.#isConfirming) return;
    this.#isConfirming = true;
    const isAllKnown = await this.#askForAccepted();
    this.#isConfirming = false;
    if (isAllKnown) watchAgain();
  }

  /** @returns whether the server knows all that waits; false when nothing does, or nothing can be learned now */
  async #askForAccepted(): Promise<boolean> {
    for (let attempt = 0; attempt < CONFIRMATIONS && this.#options.isOnline(); attempt += 1) {
      for (const entry of this.#accepted()) await this.#confirmOne(entry, attempt + 1 === CONFIRMATIONS);
      const waiting = this.#accepted();
      if (waiting.every((entry) => this.#known.has(entry))) return waiting.length > 0;
      await pause(Math.max(100, backoffMs(attempt)));
    }
    return false;
  }

  #accepted(): Unsent[] {
    return this.#entries.filter(({ receipt }) => receipt !== undefined);
  }

  async #confirmOne(entry: Unsent, isLast: boolean): Promise<void> {
    if (this.#known.has(entry)) return this.#settle(entry);
    try {
      await this.#options.send(entry);
      this.#known.add(entry);
    } catch (thrown) {
      const error = toRallyError(thrown);
      if (isLast && !error.retryable) this.#fail(entry, error);
    }
  }

  /** Sends what is queued, until all is accepted, refused, or there is no connection. */
  async pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (let attempt = 0; this.#options.isOnline(); ) {
        const entry = this.#entries.find(({ state }) => state === 'queued');
        if (!entry) return;
        const delayMs = await this.#sendOne(entry, attempt);
        attempt = delayMs === 0 ? 0 : attempt + 1;
        if (delayMs > 0) await pause(delayMs);
      }
    } finally {
      this.#pumping = false;
    }
  }

  /**
   * Lets go of what is in PostgreSQL now. When the room's log was begun anew, under another epoch, whatever the old one
   * had not stored may be lost: it is sent again, under the same client ids, before anything that is not sent yet.
   */
  watermark({ epoch, durable }: Pick<Watermark, 'epoch' | 'durable'>): void {
    this.#moveTo(epoch);
    for (const entry of [...this.#entries]) {
      if (!entry.receipt) continue;
      if (entry.receipt.epoch === epoch && entry.receipt.seq <= durable) this.#settle(entry);
      if (this.#past.has(entry.receipt.epoch)) requeue(entry);
    }
  }

  #moveTo(epoch: string): void {
    if (epoch === this.#epoch) return;
    // At the first watermark after a start, all that was accepted under another epoch is of an earlier one.
    const left = this.#epoch ? [this.#epoch] : this.#entries.flatMap(({ receipt }) => receipt?.epoch ?? []);
    for (const each of left) this.#past.add(each);
    this.#past.delete(epoch);
    this.#epoch = epoch;
  }

  /** @returns how long to wait before the next one, in milliseconds */
  async #sendOne(entry: Unsent, attempt: number): Promise<number> {
    try {
      this.#underWay = entry;
      const receipt = await this.#options.send(entry);
      if (this.#endDiscarded) {
        entry.receipt = receipt;
        return 0;
      }
      // Accepted by a log that was lost before its answer came.
      if (this.#past.has(receipt.epoch)) return Math.max(1, backoffMs(attempt));
      // Often the first to tell of a new epoch: what the old one lost goes before the next message.
      if (this.#epoch !== undefined && receipt.epoch !== this.#epoch) this.watermark({ ...receipt, durable: 0 });
      entry.receipt = receipt;
      entry.state = 'accepted';
      this.#options.onAccepted(entry);
      return 0;
    } catch (thrown) {
      const error = toRallyError(thrown);
      if (this.#endDiscarded) return 0;
      if (error.retryable) return error.retryAfterMs ?? Math.max(1, backoffMs(attempt));
      this.#fail(entry, error);
      return 0;
    } finally {
      this.#underWay = null;
      this.#endDiscarded?.();
      this.#endDiscarded = null;
    }
  }

  #fail(entry: Unsent, error: RallyError): void {
    entry.state = 'failed';
    entry.receipt = undefined;
    entry.problem = { code: error.code, message: error.message };
    this.#options.onFailed(entry, error);
  }

  #settle(entry: Unsent): void {
    this.#known.delete(entry);
    this.remove(entry);
    this.#options.onDurable(entry);
  }
}

const requeue = (entry: Unsent): void => {
  entry.state = 'queued';
  entry.receipt = undefined;
};
