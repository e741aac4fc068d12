import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../src/kernel/errors.ts';
import type { Handler } from '../../../src/kernel/handler.ts';
import { createLines, type Lines, PATIENCE_MS } from '../../../src/platform/commits/lines.ts';
import { ANSWER_TIMEOUT_MS } from '../../../src/platform/commits/request.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const codeOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: { code: string }) => error.code);

type Work<Result> = (stoodMs: number) => Promise<Result>;
type Early = NonNullable<Handler['early']>;
// What a call says is for `early` to read; the line itself only hands it on.
const asked = (input: unknown) => ({ input }) as Parameters<Early>[0][number];
const stand = <Result>(lines: Lines, subject: string, work: Work<Result>): Promise<Result> =>
  lines.stand({ subject, early: undefined, call: asked(null), work });

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
  const answers = Array.from({ length: 400 }, (_, call) => stand(lines, 'event', work(call)));
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
  for (let call = 0; call < 400; call += 1) void stand(lines, 'crowded', work(call));
  await settle();
  const before = begun.length;
  void stand(lines, 'quiet', work(1_000));
  await settle();
  expect(begun.slice(before)).toEqual([1_000]);
});

test('goes on when work fails', async () => {
  const lines = createLines();
  const failing = Array.from({ length: 400 }, () =>
    codeOf(stand(lines, 'event', () => Promise.reject({ code: 'SOLD_OUT' }))),
  );
  expect(new Set(await Promise.all(failing))).toEqual(new Set(['SOLD_OUT']));
});

test('tells a call how long it stood, and refuses one that stood too long without doing its work', async () => {
  expect(PATIENCE_MS).toBeLessThan(ANSWER_TIMEOUT_MS);
  const lines = createLines();
  const { begun, work, end } = stage();
  for (let call = 0; call < 128; call += 1) void stand(lines, 'event', work(call));
  const stood: number[] = [];
  const inTime = stand(lines, 'event', async (stoodMs) => stood.push(stoodMs));
  await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1_000);
  end(0);
  await inTime;
  expect(stood).toEqual([PATIENCE_MS - 1_000]);

  // The one that was in time has made room: it is taken, so that the next stands.
  void stand(lines, 'event', work(2_000));
  const tooLate = codeOf(stand(lines, 'event', work(2_001)));
  await vi.advanceTimersByTimeAsync(PATIENCE_MS + 1);
  end(1);
  expect(await tooLate).toBe('OVERLOADED');
  expect(begun).not.toContain(2_001);
});

test('refuses at once when the lines are full, and takes calls again when they are not', async () => {
  const lines = createLines();
  const { begun, work, end } = stage();
  const codes = Array.from({ length: 3_000 }, (_, call) => codeOf(stand(lines, 'event', work(call))));
  expect(await codes[2_999]).toBe('OVERLOADED');
  // As many as are with workers now have left the line.
  await settle();
  const taken = Array.from({ length: begun.length }, (_, call) => codeOf(stand(lines, 'event', work(3_000 + call))));
  const late = codeOf(stand(lines, 'event', work(9_000)));
  expect(await late).toBe('OVERLOADED');
  end(0);
  await settle();
  void stand(lines, 'event', work(9_001));
  for (let call = 1; call < 3_100; call += 1) {
    end(call);
    await settle();
  }
  expect(await taken[0]).toBe(3_000);
  expect(begun).toContain(9_001);
  expect(begun).not.toContain(9_000);
});

describe('a call that would come in vain', () => {
  /** Looks at calls, each named by a number, as `isInVain` says then; tells of every look. */
  const eye = (isInVain: (call: number) => boolean) => {
    const looks: number[][] = [];
    const early: Early = async (calls) => {
      looks.push(calls.map(({ input }) => input as number));
      return calls.map(({ input }) => (isInVain(input as number) ? new AppError('SOLD_OUT', 'Gone.') : null));
    };
    return { looks, early };
  };
  const crowd = (lines: Lines, early: Early, work: (call: number) => Work<number>, calls: readonly number[]) =>
    calls.map((call) => codeOf(lines.stand({ subject: 'event', early, call: asked(call), work: work(call) })));
  const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

  test('is refused without its work being done, and so are all who stand behind it, in few looks', async () => {
    const lines = createLines();
    let isSoldOut = false;
    const { looks, early } = eye(() => isSoldOut);
    const { begun, work, end } = stage();
    const answers = crowd(lines, early, work, upTo(1_000));
    await settle();
    const first = begun.length;
    expect(first).toBeLessThan(200);
    expect(looks.flat()).toEqual(upTo(first));
    isSoldOut = true;
    end(0);
    await settle();
    expect(begun).toEqual(upTo(first));
    const told = await Promise.all(answers.slice(first));
    expect(new Set(told)).toEqual(new Set(['SOLD_OUT']));
    expect(looks.length).toBeLessThan(10);
    // While it is in vain nobody waits for room to be told so.
    expect(await crowd(lines, early, work, [5_000])[0]).toBe('SOLD_OUT');
  });

  test('is let through when it asks again in time, in its place in the line', async () => {
    const lines = createLines();
    let soldOut = (_call: number) => false;
    const { early } = eye((call) => soldOut(call));
    const { begun, work, end } = stage();
    void crowd(lines, early, work, upTo(400));
    await settle();
    const first = begun.length;
    soldOut = (call) => call % 3 !== 0;
    for (const call of upTo(first)) end(call);
    await settle();
    expect(begun.slice(first)).toEqual(upTo(400 - first, first).filter((call) => call % 3 === 0));
  });

  test('takes no room: of those let through no more are with workers than ever', async () => {
    const lines = createLines();
    let soldOut = (_call: number) => false;
    const { early } = eye((call) => soldOut(call));
    const { begun, work, end } = stage();
    void crowd(lines, early, work, upTo(1_500));
    await settle();
    const first = begun.length;
    soldOut = (call) => call === first;
    for (const [ended] of upTo(1_000).entries()) {
      end(ended < first ? ended : ended + 1);
      await settle();
      expect(begun.length).toBeLessThanOrEqual(first + ended + 1);
    }
    expect(begun.length).toBe(first + 1_000);
    expect(begun).not.toContain(first);
  });

  test('is let through when nobody can say', async () => {
    const lines = createLines();
    const { begun, work } = stage();
    void crowd(lines, () => Promise.reject(new Error('Redis is away')), work, upTo(3));
    await settle();
    expect(begun).toEqual([0, 1, 2]);
  });
});
