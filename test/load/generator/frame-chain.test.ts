import { expect, test } from 'vitest';
import { type ParsedFrame, readNext, startOfChain } from '../../../load/generator/frame-chain.ts';

function reader() {
  const parsed: string[] = [];
  const read = (previous: ParsedFrame, text: string): ParsedFrame | undefined => {
    const bytes = Buffer.from(`before${text}after`);
    return readNext(previous, { bytes, start: 6, end: bytes.length - 5 }, (packet) => {
      parsed.push(packet);
      return /^\d+$/.test(packet) ? { numbers: [Number(packet)] } : undefined;
    });
  };
  return { parsed, read };
}

test('parses a frame once for all receivers that get it', () => {
  const { parsed, read } = reader();
  const start = startOfChain();
  for (let receiver = 0; receiver < 3; receiver++) {
    const first = read(start, '10');
    expect(first?.numbers).toEqual([10]);
    if (first !== undefined) expect(read(first, '11')?.numbers).toEqual([11]);
  }
  expect(parsed).toEqual(['10', '11']);
});

test('sees a frame that differs from the one other receivers got, in any byte or in length', () => {
  const { read } = reader();
  const start = startOfChain();
  expect(read(start, '10')?.numbers).toEqual([10]);
  expect(read(start, '12')?.numbers).toEqual([12]);
  expect(read(start, '101')?.numbers).toEqual([101]);
  expect(read(start, '1')?.numbers).toEqual([1]);
});

test('passes over packets that deliver nothing', () => {
  const { read } = reader();
  const start = startOfChain();
  expect(read(start, 'hello')).toBeUndefined();
  expect(read(start, '10')?.numbers).toEqual([10]);
});
