/** The opcodes of RFC 6455, section 5.2, that a Socket.IO server sends. */
export const Opcode = { text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa } as const;

/** Larger frames are refused: no server under test sends them, and the buffer for an unfinished frame must end somewhere. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
/** By the length byte: 126 and 127 say that 2 or 8 more bytes hold the length. */
const HEADER_BYTES: Readonly<Record<number, number>> = { 126: 4, 127: 10 };
const NOTHING = Buffer.alloc(0);

/** Hears every complete frame as a range of a buffer that is overwritten afterwards: copy what must stay. */
export interface FrameSink {
  frame(opcode: number, bytes: Buffer, start: number, end: number): void;
}

/**
 * Cuts a server's byte stream into WebSocket frames without copying whole frames; only a frame that arrives in
 * pieces is gathered.
 * @throws Error on anything a Socket.IO server never sends: masked, fragmented, compressed or oversized frames
 */
export class FrameParser {
  readonly #sink: FrameSink;
  #unfinished: Buffer = NOTHING;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** Takes the bytes `start` to `end` of `chunk`; calls the sink for each frame that they complete. */
  push(chunk: Buffer, start: number, end: number): void {
    if (this.#unfinished.length === 0) {
      this.#keep(chunk, this.#cut(chunk, start, end), end);
      return;
    }
    const joined = Buffer.concat([this.#unfinished, chunk.subarray(start, end)]);
    this.#keep(joined, this.#cut(joined, 0, joined.length), joined.length);
  }

  /** @returns where the first unfinished frame begins */
  #cut(bytes: Buffer, start: number, end: number): number {
    let at = start;
    while (end - at >= 2) {
      const body = bodyStart(bytes, at, end);
      if (body === -1) return at;
      const frameEnd = body + bodyLength(bytes, at);
      if (frameEnd > end) return at;
      this.#sink.frame((bytes[at] ?? 0) & 0x0f, bytes, body, frameEnd);
      at = frameEnd;
    }
    return at;
  }

  #keep(bytes: Buffer, from: number, end: number): void {
    this.#unfinished = from === end ? NOTHING : Buffer.from(bytes.subarray(from, end));
  }
}

/** @returns where the frame's payload begins, or -1 while its header is not complete */
function bodyStart(bytes: Buffer, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if ((first & 0x80) === 0 || (first & 0x0f) === 0) throw new Error('The server sent a fragmented frame');
  if ((first & 0x70) !== 0) throw new Error('The server sent a compressed frame that was never negotiated');
  if ((second & 0x80) !== 0) throw new Error('The server sent a masked frame');
  const header = HEADER_BYTES[second] ?? 2;
  return end - at < header ? -1 : at + header;
}

function bodyLength(bytes: Buffer, at: number): number {
  const short = bytes[at + 1] ?? 0;
  if (short < 126) return short;
  const length = short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  if (length > MAX_FRAME_BYTES) throw new Error(`The server sent a frame of ${length} bytes`);
  return length;
}
