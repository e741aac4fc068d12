import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { gatherTyping, type Typing } from '../../../../src/domains/social/chat/typing-rooms.ts';

interface Frame {
  room: string;
  users: string[];
  count: number;
}

let frames: Frame[];
let type: Typing['tell'];
let end: Typing['end'];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  frames = [];
  ({ tell: type, end } = gatherTyping({
    publish: (room, signal, data) => {
      expect(signal).toBe('chat.typing');
      frames.push({ room, ...(data as Omit<Frame, 'room'>) });
    },
    recheck: async () => undefined,
  }));
});

afterEach(() => {
  vi.useRealTimers();
});

const frame = (users: string[], count: number): Frame => ({ room: 'chat:a', users, count });

describe('typing', () => {
  test('is not told any more once what was typed is sent', () => {
    type('a', 'ann');
    vi.advanceTimersByTime(1_000);
    type('a', 'ann');
    end('a', 'ann');
    vi.advanceTimersByTime(5_000);
    expect(frames).toEqual([frame(['ann'], 1)]);
  });

  test('is told at once, then at most once a second for each chat', () => {
    type('a', 'ann');
    expect(frames).toEqual([frame(['ann'], 1)]);
    for (let ms = 0; ms < 5_000; ms += 50) {
      type('a', ms % 100 === 0 ? 'ann' : 'bob');
      vi.advanceTimersByTime(50);
    }
    expect(frames.length).toBeGreaterThanOrEqual(5);
    expect(frames.length).toBeLessThanOrEqual(6);
    expect(frames.at(-1)).toEqual(frame(['bob', 'ann'], 2));
  });

  test('names the latest five of a crowd and counts all', () => {
    for (const user of ['1', '2', '3', '4', '5', '6', '7']) type('a', user);
    vi.advanceTimersByTime(1_000);
    expect(frames).toEqual([frame(['1'], 1), frame(['7', '6', '5', '4', '3'], 7)]);
  });

  test('names only those who typed since the last frame, and forgets who stopped', () => {
    type('a', 'ann');
    vi.advanceTimersByTime(3_000);
    type('a', 'bob');
    vi.advanceTimersByTime(1_000);
    expect(frames.slice(1)).toEqual([frame(['bob'], 2)]);
    vi.advanceTimersByTime(3_000);
    type('a', 'bob');
    vi.advanceTimersByTime(1_000);
    expect(frames.slice(2)).toEqual([frame(['bob'], 1)]);
  });

  test('leaves nothing behind once everybody stopped', () => {
    type('a', 'ann');
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(0);
    type('a', 'ann');
    expect(frames).toEqual([frame(['ann'], 1), frame(['ann'], 1)]);
  });
});
