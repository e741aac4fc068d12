import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ABANDON_AFTER_MS, ANSWER_TIMEOUT_MS } from '../../../src/platform/commits/request.ts';
import { createWaitingCalls } from '../../../src/platform/commits/waiting-calls.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );

test('gives an answer to the call it belongs to, once', async () => {
  const waiting = createWaitingCalls(10);
  const [a, b] = [waiting.wait('a', ANSWER_TIMEOUT_MS), waiting.wait('b', ANSWER_TIMEOUT_MS)];
  waiting.deliver({ id: 'b', replayed: false, sealed: 'for b' });
  waiting.deliver({ id: 'b', replayed: true, sealed: 'again' });
  waiting.deliver({ id: 'stranger', replayed: false, sealed: 'for nobody' });
  waiting.deliver({ id: 'a', replayed: true, sealed: 'for a' });
  expect(await b).toEqual({ id: 'b', replayed: false, sealed: 'for b' });
  expect(await a).toEqual({ id: 'a', replayed: true, sealed: 'for a' });
});

test('refuses at once what is beyond the limit', async () => {
  const waiting = createWaitingCalls(1);
  const first = codeOf(waiting.wait('a', ANSWER_TIMEOUT_MS));
  expect(() => waiting.wait('b', ANSWER_TIMEOUT_MS)).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));
  waiting.close();
  expect(await first).toBe('COMMIT_TIMEOUT');
});

test('keeps the slot of a caller who gave up until its call is answered or can no longer begin', async () => {
  const waiting = createWaitingCalls(2);
  const [a, b] = [codeOf(waiting.wait('a', ANSWER_TIMEOUT_MS)), codeOf(waiting.wait('b', ANSWER_TIMEOUT_MS))];
  await vi.advanceTimersByTimeAsync(ANSWER_TIMEOUT_MS);
  expect(await Promise.all([a, b])).toEqual(['COMMIT_TIMEOUT', 'COMMIT_TIMEOUT']);
  expect(() => waiting.wait('c', ANSWER_TIMEOUT_MS)).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));

  waiting.deliver({ id: 'a', replayed: false, sealed: 'late' });
  const c = codeOf(waiting.wait('c', ANSWER_TIMEOUT_MS));
  expect(() => waiting.wait('d', ANSWER_TIMEOUT_MS)).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));

  await vi.advanceTimersByTimeAsync(ABANDON_AFTER_MS - ANSWER_TIMEOUT_MS);
  expect(await c).toBe('COMMIT_TIMEOUT');
  const d = codeOf(waiting.wait('d', ANSWER_TIMEOUT_MS));
  waiting.close();
  expect(await d).toBe('COMMIT_TIMEOUT');
});
