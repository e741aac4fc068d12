import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { numberIn, writeBody } from './body.ts';
import type { Answer, Dialect } from './dialects/dialect.ts';
import { type Frame, type ParsedFrame, readNext } from './frame-chain.ts';
import type { Meter } from './meter.ts';
import type { PacketListener, Session } from './session.ts';
import { Verifier } from './verifier.ts';

const DAMAGED = -1;
const RUN = randomBytes(4).toString('hex');

/** One room under load: who receives, who publishes, what was sent and what came of it. */
export class Room {
  readonly id: string;
  readonly receivers: Session[];
  /** The receivers themselves where everybody speaks. */
  readonly publishers: Session[];
  readonly verifier: Verifier;
  /** The highest place in the room's log that was acknowledged, from servers that number messages. */
  highestSeq = -1;
  readonly #dialect: Dialect;
  readonly #meter: Meter;
  readonly #index: number;
  /** Messages that were sent and not answered yet, by publisher. */
  readonly #unanswered = new Map<number, Set<number>>();
  #first = 0;
  #bodies: string[] = [];
  #dueAt: number[] = [];

  constructor(options: {
    id: string;
    index: number;
    receivers: Session[];
    publishers: Session[];
    dialect: Dialect;
    meter: Meter;
    /** How many receivers there will be, where they come later. */
    size?: number;
  }) {
    this.id = options.id;
    this.receivers = options.receivers;
    this.publishers = options.publishers;
    this.verifier = new Verifier({
      receivers: options.size ?? options.receivers.length,
      publishers: options.size ?? options.publishers.length,
    });
    this.#dialect = options.dialect;
    this.#meter = options.meter;
    this.#index = options.index;
  }

  /**
   * Makes receiver `index` check what its session hears; `chain` is the one of its node.
   * @param moved told where the room's log is after each frame, from servers that say it
   */
  listen(index: number, chain: ParsedFrame, moved?: (position: unknown) => void): void {
    const session = this.receivers[index];
    if (session !== undefined) session.listener = new Receiver(this, { index, chain, moved });
  }

  /** Sends the next message, which was due at `dueAt`; `answered` hears the server's answer after it was counted. */
  publish(publisher: number, dueAt: number, answered?: (answer: Answer) => void): void {
    const number = this.verifier.sent(publisher);
    const body = writeBody({ number, publisher, dueMicros: Math.round(dueAt * 1000) });
    this.#bodies.push(body);
    this.#dueAt.push(dueAt);
    this.#meter.sent++;
    this.#meter.latestSendMs = Math.max(this.#meter.latestSendMs, performance.now() - dueAt);
    this.#unanswered.set(publisher, (this.#unanswered.get(publisher) ?? new Set()).add(number));
    const call = this.#dialect.send({ room: this.id, clientId: clientId(this.#index, number), body });
    this.publishers[publisher]?.call(call.name, call.inputJson, (reply) => {
      const answer = this.#dialect.readAnswer(reply);
      this.#unanswered.get(publisher)?.delete(number);
      this.#count(number, dueAt, answer);
      answered?.(answer);
    });
  }

  /** @returns what `packet` says; undefined when it delivers nothing of this room */
  parse = (packet: string): Frame | undefined => {
    const deliveries = this.#dialect.readDeliveries(packet);
    if (deliveries === undefined) return undefined;
    const isOurs = deliveries.room === this.id;
    const numbers = deliveries.bodies.map((body) => (isOurs ? this.#numberOf(body) : DAMAGED));
    return { numbers, position: deliveries.position };
  };

  /** Counts what a receiver was told at once, as it came back. */
  caughtUp(receiver: number, bodies: readonly string[]): void {
    this.received(
      receiver,
      bodies.map((body) => this.#numberOf(body)),
    );
  }

  /** Counts what one frame brought to one receiver. */
  received(receiver: number, numbers: readonly number[]): void {
    const now = performance.now();
    for (const number of numbers) {
      if (number === DAMAGED) this.verifier.damaged();
      else if (this.verifier.delivered(receiver, number)) {
        this.#meter.deliveryMs.record(now - (this.#dueAt[number - this.#first] ?? now));
        this.#meter.lastDeliveryAt = now;
      }
    }
  }

  /** Messages of a publisher whose connection ended may or may not have arrived: nobody is owed them. */
  disconnected(publisher: number): void {
    for (const number of this.#unanswered.get(publisher) ?? []) this.verifier.uncertain(number);
    this.#unanswered.delete(publisher);
  }

  /** Forgets the messages so far. */
  nextPhase(): void {
    this.#first += this.#bodies.length;
    this.#bodies = [];
    this.#dueAt = [];
    this.verifier.nextPhase();
  }

  #numberOf(body: string): number {
    const number = numberIn(body);
    if (number !== -1 && number < this.#first) return number;
    return this.#bodies[number - this.#first] === body ? number : DAMAGED;
  }

  #count(number: number, dueAt: number, answer: Answer): void {
    if (answer.refusal !== undefined) {
      this.#meter.refused(answer.refusal);
      this.verifier.refused(number);
      return;
    }
    const now = performance.now();
    this.#meter.acked++;
    this.#meter.lastAckAt = now;
    this.#meter.ackMs.record(now - dueAt);
    if (answer.seq !== undefined) this.highestSeq = Math.max(this.highestSeq, answer.seq);
  }
}

class Receiver implements PacketListener {
  readonly #room: Room;
  readonly #index: number;
  readonly #moved: ((position: unknown) => void) | undefined;
  #at: ParsedFrame;

  constructor(
    room: Room,
    options: { index: number; chain: ParsedFrame; moved: ((position: unknown) => void) | undefined },
  ) {
    this.#room = room;
    this.#index = options.index;
    this.#moved = options.moved;
    this.#at = options.chain;
  }

  packet(bytes: Buffer, start: number, end: number): void {
    const frame = readNext(this.#at, { bytes, start, end }, this.#room.parse);
    if (frame === undefined) return;
    this.#at = frame;
    if (frame.position !== undefined) this.#moved?.(frame.position);
    this.#room.received(this.#index, frame.numbers);
  }
}

/** A UUID (version 4 in form) that no other message of this or another run has; for up to 2^24 rooms of a run. */
export function clientId(room: number, number: number): string {
  const place = room.toString(16).padStart(6, '0');
  return `${RUN}-0000-4${place.slice(0, 3)}-8${place.slice(3)}-${number.toString(16).padStart(12, '0')}`;
}
