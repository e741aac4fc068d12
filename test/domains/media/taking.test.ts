import { expect, test } from 'vitest';
import { createTaking } from '../../../src/domains/media/media/taking.ts';

/** Work that ends when it is told to. */
const openWork = () => {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
};

const refusal = { code: 'OVERLOADED', details: { retryAfterMs: expect.any(Number) } };

test('what has arrived counts, not what was announced, until its upload has ended', async () => {
  const taking = createTaking({ bytes: 100, atOnce: 2, inLine: 5 });
  const slow = Array.from({ length: 13 }, openWork);
  const running = slow.map(({ ended }, place) =>
    taking(`owner ${place % 7}`, (arrived) => {
      arrived(1);
      return ended;
    }),
  );
  const take = (ownerId: string, bytes: number) => taking(ownerId, async (arrived) => arrived(bytes));
  await take('another', 87);
  await expect(take('another', 88)).rejects.toMatchObject(refusal);
  for (const { end } of slow) end();
  await Promise.all(running);
  await take('another', 100);
  await expect(taking('another', async () => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
  await take('another', 100);
});

test('one person’s uploads are read two at once, in turn, and only so many wait', async () => {
  const taking = createTaking({ bytes: 100, atOnce: 2, inLine: 2 });
  const works = Array.from({ length: 4 }, openWork);
  const begun: number[] = [];
  const running = works.map(({ ended }, place) =>
    taking('ann', () => {
      begun.push(place);
      return ended;
    }),
  );
  const oneMore = taking('ann', async () => 1).catch((error: unknown) => error);
  // At once: it would wait for those that are read otherwise.
  const atOnce = new Promise((resolve) => setImmediate(resolve, 'waits'));
  expect(await Promise.race([oneMore, atOnce])).toMatchObject(refusal);
  expect(await taking('bob', async () => 2)).toBe(2);
  expect(begun).toEqual([0, 1]);
  works[1]?.end();
  await running[1];
  works[0]?.end();
  await running[0];
  for (const { end } of works) end();
  await Promise.all(running);
  expect(begun).toEqual([0, 1, 2, 3]);
  expect(await taking('ann', async () => 3)).toBe(3);
});
