import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forwardLines } from '../../src/start/forward-lines.ts';

const forwarded = async (chunks: readonly Uint8Array[]): Promise<string[]> => {
  const stream = new PassThrough();
  const lines: string[] = [];
  forwardLines(stream, (line) => lines.push(line));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await new Promise((resolve) => stream.once('close', resolve));
  return lines;
};

test('passes on whole lines, however the bytes arrive', async () => {
  const line = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\n'));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 7 }), async (lines, size) => {
      const bytes = Buffer.from(lines.join('\n'));
      const count = Math.ceil(bytes.length / size);
      const chunks = Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
      expect(await forwarded(chunks)).toEqual(lines.filter((each) => each !== ''));
    }),
  );
});

test('does not wait for the end of a line that has none', async () => {
  const lines = await forwarded(Array.from({ length: 40 }, () => Buffer.alloc(4_096, 'x')));
  expect(lines.join('')).toHaveLength(40 * 4_096);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(70_000);
});
