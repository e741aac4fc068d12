import { randomBytes } from 'node:crypto';

/** One key for the whole run: masking must be paid for on both sides (RFC 6455, section 5.3), secrecy is not its point here. */
const MASK = randomBytes(4);
const FIN = 0x80;
const MASKED = 0x80;

/** A client's masked frame that holds `text`. */
export function encodeFrame(opcode: number, text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = headerBytes(length);
  const frame = Buffer.allocUnsafe(header + 4 + length);
  frame[0] = FIN | opcode;
  writeLength(frame, length);
  MASK.copy(frame, header);
  frame.write(text, header + 4);
  mask(frame, header + 4);
  return frame;
}

function headerBytes(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

function writeLength(frame: Buffer, length: number): void {
  if (length < 126) {
    frame[1] = MASKED | length;
    return;
  }
  if (length < 65_536) {
    frame[1] = MASKED | 126;
    frame.writeUInt16BE(length, 2);
    return;
  }
  frame[1] = MASKED | 127;
  frame.writeBigUInt64BE(BigInt(length), 2);
}

function mask(frame: Buffer, from: number): void {
  for (let index = from; index < frame.length; index++) {
    frame[index] = (frame[index] ?? 0) ^ (MASK[(index - from) & 3] ?? 0);
  }
}
