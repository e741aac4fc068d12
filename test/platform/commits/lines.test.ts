import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLines, PATIENCE_MS } from '../../../src/platform/commits/lines.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const codeOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: { code: string }) => error.code);

/** Work that ends when told to. */
const stage = () => {
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  const work = (call: number) => () => {
    begun.push(call);
    return new Promise<number>((resolve) => ends.set(call, () => resolve(call)));
  };
  return { begun, work, end: (call: number) => ends.get(call)?.() };
};

test('has a bounded number of calls about one thing with workers, the others in the order they came', async () => {
  const lines = createLines();
  const { begun, work, end } = stage();
  const answers = Array.from({ length: 400 }, (_, call) => lines.stand('event', work(call)));
  await settle();
  const first = begun.length;
  expect(first).toBeLessThan(200);
  for (let call = 0; call < 400; call += 1) {
    end(call);
    await settle();
    expect(begun.length).toBe(Math.min(400, first + call + 1));
  }
  expect(begun).toEqual(Array.from({ length: 400 }, (_, call) => call));
  expect(await Promise.all(answers)).toEqual(begun);
});

test('lets no line wait for another', async () => {
  const lines = createLines();
  const { begun, work } = stage();
  for (let call = 0; call < 400; call += 1) void lines.stand('crowded', work(call));
  await settle();
  const before = begun.length;
  void lines.stand('quiet', work(1_000));
  await settle();
  expect(begun.slice(before)).toEqual([1_000]);
});

test('goes on when work fails', async () => {
  const lines = createLines();
  const failing = Array.from({ length: 400 }, () =>
    codeOf(lines.stand('event', () => Promise.reject({ code: 'SOLD_OUT' }))),
  );
  expect(new Set(await Promise.all(failing))).toEqual(new Set(['SOLD_OUT']));
});

test('tells a call how long it stood, and refuses one that stood too long without doing its work', async () => {
  const lines = createLines();
  const { begun, work, end } = stage();
  for (let call = 0; call < 128; call += 1) void lines.stand('event', work(call));
  const stood: number[] = [];
  const inTime = lines.stand('event', async (stoodMs) => stood.push(stoodMs));
  await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1_000);
  end(0);
  await inTime;
  expect(stood).toEqual([PATIENCE_MS - 1_000]);

  // The one that was in time has made room: it is taken, so that the next stands.
  void lines.stand('event', work(2_000));
  const tooLate = codeOf(lines.stand('event', work(2_001)));
  await vi.advanceTimersByTimeAsync(PATIENCE_MS + 1);
  end(1);
  expect(await tooLate).toBe('OVERLOADED');
  expect(begun).not.toContain(2_001);
});

test('refuses at once when the lines are full, and takes calls again when they are not', async () => {
  const lines = createLines();
  const { begun, work, end } = stage();
  const codes = Array.from({ length: 3_000 }, (_, call) => codeOf(lines.stand('event', work(call))));
  expect(await codes[2_999]).toBe('OVERLOADED');
  // As many as are with workers now have left the line.
  await settle();
  const taken = Array.from({ length: begun.length }, (_, call) => codeOf(lines.stand('event', work(3_000 + call))));
  const late = codeOf(lines.stand('event', work(9_000)));
  expect(await late).toBe('OVERLOADED');
  end(0);
  await settle();
  void lines.stand('event', work(9_001));
  for (let call = 1; call < 3_100; call += 1) {
    end(call);
    await settle();
  }
  expect(await taken[0]).toBe(3_000);
  expect(begun).toContain(9_001);
  expect(begun).not.toContain(9_000);
});
