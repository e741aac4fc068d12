import { expect, test } from 'vitest';
import { createTaking } from '../../../src/domains/media/media/taking.ts';

/** Work that ends when it is told to. */
const openWork = () => {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => ended, end };
};

test('uploads beyond the bound of all, or of one person, are told to come back, until others have ended', async () => {
  const taking = createTaking({ all: 100, ofOne: 50 });
  const [first, second] = [openWork(), openWork()];
  const running = [
    taking({ ownerId: 'ann', byteSize: 40 }, first.work),
    taking({ ownerId: 'bob', byteSize: 50 }, second.work),
  ];
  const refusal = { code: 'OVERLOADED', details: { retryAfterMs: expect.any(Number) } };
  await expect(taking({ ownerId: 'ann', byteSize: 11 }, async () => 1)).rejects.toMatchObject(refusal);
  await expect(taking({ ownerId: 'carl', byteSize: 11 }, async () => 1)).rejects.toMatchObject(refusal);
  expect(await taking({ ownerId: 'ann', byteSize: 10 }, async () => 1)).toBe(1);
  first.end();
  await running[0];
  expect(await taking({ ownerId: 'ann', byteSize: 50 }, async () => 2)).toBe(2);
  second.end();
  await Promise.all(running);
  await expect(
    taking({ ownerId: 'ann', byteSize: 50 }, async () => Promise.reject(new Error('cut off'))),
  ).rejects.toThrow('cut off');
  expect(await taking({ ownerId: 'ann', byteSize: 50 }, async () => 3)).toBe(3);
});
