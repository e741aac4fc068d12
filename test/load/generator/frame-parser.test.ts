import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameParser, Opcode } from '../../../load/generator/frame-parser.ts';

/** A server's unmasked frame (RFC 6455, section 5.2). */
function serverFrame(text: string, firstByte = 0x80 | Opcode.text): Buffer {
  const body = Buffer.from(text);
  if (body.length < 126) return Buffer.concat([Buffer.from([firstByte, body.length]), body]);
  const header = Buffer.alloc(body.length < 65_536 ? 4 : 10);
  header[0] = firstByte;
  header[1] = body.length < 65_536 ? 126 : 127;
  if (body.length < 65_536) header.writeUInt16BE(body.length, 2);
  else header.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([header, body]);
}

function collector() {
  const texts: string[] = [];
  const parser = new FrameParser({
    frame: (_opcode, bytes, start, end) => texts.push(bytes.toString('utf8', start, end)),
  });
  return { texts, parser };
}

describe('the frame parser', () => {
  test('finds the same frames however the bytes are cut', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer({ min: 120, max: 70_000 }).map((n) => 'x'.repeat(n)),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 12 }), (texts, cuts) => {
        const bytes = Buffer.concat(texts.map((each) => serverFrame(each)));
        const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
        const { texts: found, parser } = collector();
        for (const [index, start] of [0, ...places].entries()) parser.push(bytes, start, places[index] ?? bytes.length);
        expect(found).toEqual(texts);
      }),
      { numRuns: 200 },
    );
  });

  test('keeps what it still needs although the caller overwrites its buffer', () => {
    const { texts, parser } = collector();
    const bytes = serverFrame('a message in two pieces');
    const shared = Buffer.from(bytes.subarray(0, 9));
    parser.push(shared, 0, 9);
    shared.fill(0);
    parser.push(bytes, 9, bytes.length);
    expect(texts).toEqual(['a message in two pieces']);
  });

  test.each([
    ['fragmented', Buffer.from([Opcode.text, 1, 65])],
    ['continued', Buffer.from([0x80, 1, 65])],
    ['compressed', Buffer.from([0xc1, 1, 65])],
    ['masked', Buffer.from([0x81, 0x81, 0, 0, 0, 0, 65])],
    ['huge', Buffer.from([0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0])],
  ])('refuses a %s frame', (_kind, bytes) => {
    expect(() => collector().parser.push(bytes, 0, bytes.length)).toThrow(/The server sent a/);
  });
});
