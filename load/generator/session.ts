import { type Address, WebSocket, type WebSocketOwner } from './web-socket.ts';

/** First characters of a packet: Engine.IO v4 type, then Socket.IO v5 type (socket.io-protocol, "Packet encoding"). */
const Packet = { ping: 0x32, message: 0x34, connect: 0x30, event: 0x32, ack: 0x33 } as const;
const ENGINE_PATH = '/socket.io/?EIO=4&transport=websocket';
const CONNECT_TIMEOUT_MS = 30_000;
const ANSWER_TIMEOUT_MS = 30_000;

/** Hears the event packets of one session, as ranges of a buffer that is overwritten afterwards. */
export interface PacketListener {
  packet(bytes: Buffer, start: number, end: number): void;
}

/** What is needed to open a session: where, and the CONNECT packet with whatever the server wants in it. */
export interface SessionOptions {
  address: Omit<Address, 'path'>;
  /** Sent with the upgrade. */
  headers?: Record<string, string>;
  connectPacket: string;
}

type Answered = (answer: unknown) => void;

/** One Socket.IO connection over WebSocket: heartbeats, calls with acknowledgement, event packets handed on unparsed. */
export class Session implements WebSocketOwner {
  /** Who hears this session's event packets; nobody until it is set. */
  listener: PacketListener | undefined;
  /** Told when the session ends after it was open. */
  ended: (() => void) | undefined;
  /** Why the session ended, once it has. */
  endReason: string | undefined;
  readonly #socket: WebSocket;
  readonly #connectPacket: string;
  readonly #waiting = new Map<number, Answered>();
  #nextCall = 0;
  #opening: { resolve: () => void; reject: (error: Error) => void } | undefined;

  private constructor(options: SessionOptions, opening: { resolve: () => void; reject: (error: Error) => void }) {
    this.#connectPacket = options.connectPacket;
    this.#opening = opening;
    this.#socket = new WebSocket(
      { ...options.address, path: ENGINE_PATH, ...(options.headers && { headers: options.headers }) },
      this,
    );
  }

  /**
   * Opens a session.
   * @throws Error with the server's own reason when it refuses, or after 30 s
   */
  static async open(options: SessionOptions): Promise<Session> {
    let session: Session | undefined;
    const timeout = setTimeout(() => session?.closed(`no answer in ${CONNECT_TIMEOUT_MS} ms`), CONNECT_TIMEOUT_MS);
    try {
      await new Promise<void>((resolve, reject) => {
        session = new Session(options, { resolve, reject });
      });
    } finally {
      clearTimeout(timeout);
    }
    if (session === undefined) throw new Error('A session was opened without being made');
    return session;
  }

  /** Calls `name` with one argument, already encoded as JSON; `answered` gets the acknowledgement's first argument. */
  call(name: string, inputJson: string, answered: Answered): void {
    const id = this.#nextCall++;
    this.#waiting.set(id, answered);
    this.#socket.send(`42${id}["${name}",${inputJson}]`);
  }

  /** Calls that were not answered yet. */
  get unanswered(): number {
    return this.#waiting.size;
  }

  close(): void {
    this.#socket.close();
  }

  text(bytes: Buffer, start: number, end: number): void {
    const engineType = bytes[start];
    if (engineType === Packet.message) this.#message(bytes, start, end);
    else if (engineType === Packet.ping) this.#socket.send('3');
    else if (engineType === Packet.connect) this.#socket.send(this.#connectPacket);
  }

  closed(reason: string): void {
    const hadEnded = this.endReason !== undefined;
    this.endReason ??= reason;
    if (!hadEnded) this.ended?.();
    this.#opening?.reject(new Error(`Could not connect: ${reason}`));
    this.#opening = undefined;
    this.#socket.close();
  }

  #message(bytes: Buffer, start: number, end: number): void {
    const type = bytes[start + 1];
    if (type === Packet.event) this.listener?.packet(bytes, start, end);
    else if (type === Packet.ack) this.#answer(bytes.toString('utf8', start + 2, end));
    else if (type === Packet.connect) this.#opened();
    else this.closed(`ended by the server: ${bytes.toString('utf8', start, end)}`);
  }

  #opened(): void {
    this.#opening?.resolve();
    this.#opening = undefined;
  }

  #answer(packet: string): void {
    const bracket = packet.indexOf('[');
    const id = Number(packet.slice(0, bracket));
    const answered = this.#waiting.get(id);
    this.#waiting.delete(id);
    const parsed: unknown = JSON.parse(packet.slice(bracket));
    answered?.(Array.isArray(parsed) ? parsed[0] : undefined);
  }
}

/**
 * The answer to one call, for everything that is not the measured load itself.
 * @throws Error after 30 s without an answer
 */
export function ask(session: Session, name: string, inputJson: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`${name} was not answered`)), ANSWER_TIMEOUT_MS);
    session.call(name, inputJson, (answer) => {
      clearTimeout(timeout);
      resolve(answer);
    });
  });
}
