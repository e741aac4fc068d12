import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';
import { FULL_BYTES, type Reader } from '../platform/unread.ts';

/**
 * The one module that knows the insides of engine.io and ws. A frame made once is written straight to the TCP socket of
 * every receiver whose own queue is empty: half of what Socket.IO spends on a delivery lies above the socket. Where an
 * inside is not as expected the frame takes Socket.IO's normal way, and `test/realtime/frame-writer.test.ts` fails, so
 * that a new version of either package is noticed.
 */
interface WebSocketInsides {
  readyState: number;
  _socket?: NetSocket;
  _sender?: { _state?: number };
  isPaused?: boolean;
  pause?: () => void;
  resume?: () => void;
  terminate?: () => void;
}

interface EngineInsides {
  readyState: string;
  writeBuffer: { data?: unknown }[];
  transport: { name: string; perMessageDeflate?: unknown; socket?: WebSocketInsides };
  write: (data: string, options?: { compress?: boolean }) => unknown;
  pingIntervalTimer?: NodeJS.Timeout | null;
  pingTimeoutTimer?: NodeJS.Timeout | null;
  hasRefreshedPingTimeout?: boolean;
  resetPingTimeout?: () => void;
  sendPacket?: (type: 'ping') => void;
}

/** A Socket.IO packet as text, and as the WebSocket frame that carries it. */
export interface Frame {
  /** Socket.IO's encoding, without engine.io's leading `4`. */
  packet: string;
  bytes: Buffer;
}

const OPEN = 1;
const TEXT_FRAME = 0x81;

const headLength = (length: number): 2 | 4 | 10 => {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
};

/** An unmasked text frame, RFC 6455 section 5.2. */
const webSocketFrame = (text: string): Buffer => {
  const length = Buffer.byteLength(text);
  const head = headLength(length);
  const bytes = Buffer.allocUnsafe(head + length);
  bytes[0] = TEXT_FRAME;
  if (head === 2) bytes[1] = length;
  if (head === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  }
  if (head === 10) {
    bytes[1] = 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  bytes.write(text, head);
  return bytes;
};

const frameOf = (packet: string): Frame => ({ packet, bytes: webSocketFrame(`4${packet}`) });

/** @param json the arguments of the packet after its name, already encoded */
export const signalFrame = (signal: string, json: string): Frame => frameOf(`2["${signal}",${json}]`);

const PING = webSocketFrame('2');

/**
 * Ends the timer by which engine.io pings this socket, whose pings then are the caller's affair.
 * @returns false when it is not as expected: engine.io goes on
 */
export const takeOverPings = (socket: Socket): boolean => {
  const engine = engineOf(socket);
  if (!engine.pingIntervalTimer || !engine.resetPingTimeout || !engine.sendPacket) return false;
  clearTimeout(engine.pingIntervalTimer);
  engine.pingIntervalTimer = null;
  return true;
};

/**
 * Asks a socket whether it is there; engine.io closes it when no answer comes within its ping timeout. One whose calls
 * are not read at the moment is asked too, for clients take a server that does not ask for gone; but its answer, which is
 * not read either, is not waited for.
 */
export const pingSocket = (socket: Socket): void => {
  const engine = engineOf(socket);
  if (engine.readyState !== 'open') return;
  engine.hasRefreshedPingTimeout = false;
  const tcp = directSocket(engine);
  if (tcp) tcp.write(PING);
  else engine.sendPacket?.('ping');
  if (!engine.transport.socket?.isPaused) engine.resetPingTimeout?.();
};

/** TCP sockets whose writes wait for the end of this turn of the event loop. */
let corked: NetSocket[] = [];

const uncorkAll = (): void => {
  const list = corked;
  corked = [];
  for (const tcp of list) tcp.uncork();
};

/**
 * Holds a socket's writes back until this turn ends. A sender's answer and its own entry arrive from Redis in one turn,
 * and so do the answers of calls it has in flight: one system call, which is what a write costs, serves them all.
 */
const corkForThisTurn = (socket: Socket): void => {
  const tcp = engineOf(socket).transport.socket?._socket;
  if (!tcp || tcp.writableCorked > 0) return;
  tcp.cork();
  if (corked.push(tcp) === 1) setImmediate(uncorkAll);
};

/** Gives the network at once what is held back for the end of this turn. */
const pushOut = (socket: Socket): void => engineOf(socket).transport.socket?._socket?.uncork();

/** Lets this socket's acknowledgements take the direct way too: Socket.IO asks `socket.ack` for each call's answerer. */
export const acknowledgeDirectly = (socket: Socket): void => {
  const insides = socket as unknown as { ack: (id: number) => (answer: unknown) => void };
  insides.ack = (id) => {
    let answered = false;
    return (answer) => {
      if (answered || !socket.connected) return;
      answered = true;
      corkForThisTurn(socket);
      writeFrame(socket, frameOf(`3${id}[${JSON.stringify(answer)}]`));
    };
  };
};

/** Reads nothing more from the socket; what has arrived already is still heard. A ping under way need not be answered. */
export const pauseReading = (socket: Socket): void => {
  const engine = engineOf(socket);
  engine.transport.socket?.pause?.();
  if (engine.pingTimeoutTimer) clearTimeout(engine.pingTimeoutTimer);
  engine.pingTimeoutTimer = null;
};

export const resumeReading = (socket: Socket): void => engineOf(socket).transport.socket?.resume?.();

/**
 * Lets go of what Socket.IO itself would write, which is what is addressed to a user's or a session's sockets, while
 * more than `maxBytes` are unsent: it is best effort, and this socket does not read.
 */
export const dropWhileUnread = (socket: Socket, maxBytes: number, onDrop: () => void): void => {
  const client = socket.client as unknown as { writeToEngine: (...args: unknown[]) => void };
  const write = client.writeToEngine.bind(client);
  client.writeToEngine = (...args) => {
    if (pendingBytes(socket) > maxBytes) onDrop();
    else write(...args);
  };
};

// Safe to look: every field is checked before it is used.
const insidesOf = (connection: Socket['conn']): EngineInsides => connection as unknown as EngineInsides;
const engineOf = (socket: Socket): EngineInsides => insidesOf(socket.conn);

/** The TCP socket, when a frame may be written to it without overtaking anything; else null. */
const directSocket = (engine: EngineInsides): NetSocket | null => {
  const webSocket = engine.transport.socket;
  const tcp = webSocket?._socket;
  if (engine.readyState !== 'open' || engine.transport.name !== 'websocket' || engine.transport.perMessageDeflate) {
    return null;
  }
  if (engine.writeBuffer.length !== 0 || webSocket?.readyState !== OPEN || webSocket._sender?._state !== 0) return null;
  return tcp?.writable ? tcp : null;
};

/** @returns whether the direct way was open */
export const writeFrame = (socket: Socket, frame: Frame): boolean => {
  const engine = engineOf(socket);
  const tcp = directSocket(engine);
  if (!tcp) {
    engine.write(frame.packet, { compress: false });
    return false;
  }
  tcp.write(frame.bytes);
  return true;
};

/** Bytes this node holds for a socket that the network has not taken: TCP's own queue and engine.io's above it. */
export const pendingBytes = (socket: Socket): number => {
  const engine = engineOf(socket);
  let bytes = engine.transport.socket?._socket?.writableLength ?? 0;
  for (const { data } of engine.writeBuffer) bytes += typeof data === 'string' ? data.length : 0;
  return bytes;
};

const takenBytes = (socket: Socket): number => {
  const tcp = engineOf(socket).transport.socket?._socket;
  return tcp ? tcp.bytesWritten - tcp.writableLength : 0;
};

/** Cuts a connection without waiting for a reader that does not read. */
export const cut = (connection: Socket['conn']): void => {
  const webSocket = insidesOf(connection).transport.socket;
  if (webSocket?.terminate) webSocket.terminate();
  else connection.close(true);
};

/** Above this much unsent, what was only read is let go of, and read again later. */
const OVERFULL_BYTES = 1_024 * 1_024;

/** Whether a socket's reader has so much to read that nothing more that can wait is made for it. */
export const isFull = (socket: Socket): boolean => pendingBytes(socket) > FULL_BYTES;

/** Whether even an answer that is there already is too much: the calls that were begun together may all have large ones. */
export const isOverfull = (socket: Socket): boolean => {
  if (pendingBytes(socket) <= OVERFULL_BYTES) return false;
  pushOut(socket);
  return pendingBytes(socket) > OVERFULL_BYTES;
};

/** A socket's other end. */
export const readerOf = (socket: Socket): Reader => ({
  pendingBytes: () => pendingBytes(socket),
  takenBytes: () => takenBytes(socket),
  cut: () => cut(socket.conn),
});
