import { expect, test } from 'vitest';
import { bytesOf } from '../../src/http/read-bytes.ts';

const requestOf = (body: ReadableStream<Uint8Array>) =>
  new Request('http://localhost/', { method: 'PUT', body, duplex: 'half' } as RequestInit);
const pace = { bytes: 10, withinMs: 40 };

test('a body that stops coming is given up, and frees what it held', async () => {
  let cancelled = false;
  const stuck = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(100)),
    cancel: () => {
      cancelled = true;
    },
  });
  const counted: number[] = [];
  const reading = bytesOf(requestOf(stuck), pace).read(1_000, (bytes) => counted.push(bytes));
  await expect(reading).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('slowly') });
  expect(counted).toEqual([100]);
  expect(cancelled).toBe(true);
}, 5_000);

test('a body that keeps coming is read to its end, however long that takes', async () => {
  let sent = 0;
  const steady = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (sent === 400) return controller.close();
      sent += 20;
      controller.enqueue(new Uint8Array(20).fill(sent / 20));
    },
  });
  const whole = await bytesOf(requestOf(steady), { bytes: 1, withinMs: 2_000 }).read(1_000);
  expect([whole.length, whole[0], whole[399]]).toEqual([400, 1, 20]);
});

test('what counts the bytes may end the reading before they are kept', async () => {
  const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(50)) });
  let total = 0;
  const reading = bytesOf(requestOf(endless), pace).read(1_000, (bytes) => {
    total += bytes;
    if (total > 200) throw new Error('no room');
  });
  await expect(reading).rejects.toThrow('no room');
});
