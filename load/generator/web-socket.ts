import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { encodeFrame } from './frame-encoder.ts';
import { FrameParser, type FrameSink, Opcode } from './frame-parser.ts';

/** What every socket of the process reads into; each read is used up before the next one. */
const READ_BUFFER = Buffer.allocUnsafe(256 * 1024);
const HANDSHAKE_LIMIT_BYTES = 16 * 1024;
/** RFC 6455, section 1.3. */
const ACCEPT_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Where a server's WebSocket endpoint is. */
export interface Address {
  host: string;
  port: number;
  path: string;
  /** Over TLS. */
  isSecure?: boolean;
  headers?: Record<string, string>;
}

/** Hears the text frames and the end of one WebSocket. `closed` is called once, whoever ended it and however early. */
export interface WebSocketOwner {
  text(bytes: Buffer, start: number, end: number): void;
  closed(reason: string): void;
}

/**
 * A WebSocket client reduced to what a load generator needs: all sockets share one read buffer and frames are
 * handed on where they lie in it, so that receiving a frame costs little beside the system call.
 */
export class WebSocket implements FrameSink {
  readonly #socket: Socket;
  readonly #owner: WebSocketOwner;
  readonly #parser: FrameParser;
  readonly #key = randomBytes(16).toString('base64');
  #handshake: Buffer | undefined = Buffer.alloc(0);
  #isClosed = false;

  constructor(address: Address, owner: WebSocketOwner) {
    this.#owner = owner;
    this.#parser = new FrameParser(this);
    this.#socket = address.isSecure ? this.#connectSecurely(address) : this.#connectPlainly(address);
    this.#socket.on('error', (error) => this.#end(error.message));
    this.#socket.on('close', () => this.#end('the connection was closed'));
    this.#socket.write(upgradeRequest(address, this.#key));
  }

  #connectPlainly({ host, port }: Address): Socket {
    const onread = { buffer: READ_BUFFER, callback: (length: number) => this.#read(READ_BUFFER, length) };
    return connect({ host, port, noDelay: true, onread });
  }

  /** TLS hands over buffers of its own. */
  #connectSecurely({ host, port }: Address): Socket {
    const socket = connectSecurely({ host, port, servername: host });
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.#read(bytes, bytes.length));
    return socket;
  }

  send(text: string): void {
    if (!this.#isClosed) this.#socket.write(encodeFrame(Opcode.text, text));
  }

  close(): void {
    this.#end('closed by the generator');
  }

  frame(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === Opcode.text) this.#owner.text(bytes, start, end);
    else if (opcode === Opcode.ping) this.#socket.write(encodeFrame(Opcode.pong, bytes.toString('latin1', start, end)));
    else if (opcode === Opcode.close) this.#end(`the server closed with ${closeCode(bytes, start, end)}`);
  }

  #read(buffer: Buffer, length: number): boolean {
    try {
      if (this.#handshake === undefined) this.#parser.push(buffer, 0, length);
      else this.#readHandshake(buffer, length);
    } catch (error) {
      this.#end(String(error));
    }
    return true;
  }

  #readHandshake(buffer: Buffer, length: number): void {
    const bytes = Buffer.concat([this.#handshake ?? Buffer.alloc(0), buffer.subarray(0, length)]);
    const headEnd = bytes.indexOf('\r\n\r\n');
    if (headEnd === -1 && bytes.length > HANDSHAKE_LIMIT_BYTES) throw new Error('The answer to the upgrade never ends');
    this.#handshake = headEnd === -1 ? bytes : undefined;
    if (headEnd === -1) return;
    checkUpgrade(bytes.toString('latin1', 0, headEnd), this.#key);
    this.#parser.push(bytes, headEnd + 4, bytes.length);
  }

  #end(reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.destroy();
    this.#owner.closed(reason);
  }
}

function upgradeRequest({ host, port, path, headers = {} }: Address, key: string): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function checkUpgrade(head: string, key: string): void {
  const status = head.slice(0, head.indexOf('\r\n'));
  if (!status.includes(' 101 ')) throw new Error(`The server refused the upgrade: ${status}`);
  const accept = createHash('sha1')
    .update(key + ACCEPT_SUFFIX)
    .digest('base64');
  if (!head.includes(accept)) throw new Error('The server answered another upgrade request');
}

function closeCode(bytes: Buffer, start: number, end: number): number | string {
  return end - start >= 2 ? bytes.readUInt16BE(start) : 'no code';
}
