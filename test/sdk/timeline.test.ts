import { describe, expect, test } from 'vitest';
import type { Entry, Message } from '../../src/sdk/contract.ts';
import {
  applyEntry,
  MAX_MESSAGES,
  markMine,
  prependPage,
  startTimeline,
  type Timeline,
} from '../../src/sdk/timeline.ts';

const AT = '2026-01-01T00:00:00.000Z';

const message = (seq: number, change: Partial<Message> = {}): Message => ({
  id: `id-${seq}`,
  clientId: `client-${seq}`,
  seq,
  ordinal: seq,
  senderId: 'ann',
  body: `message ${seq}`,
  sentAt: AT,
  reactions: {},
  mine: [],
  appliedSeq: seq,
  ...change,
});

const timelineOf = (messages: Message[], seq = messages.at(-1)?.seq ?? 0): Timeline =>
  startTimeline({ items: messages, nextCursor: null, position: { epoch: 'a', seq } });

const sent = (seq: number): Entry<'chat.sent'> => ({
  seq,
  signal: 'chat.sent',
  at: AT,
  by: 'ann',
  ordinal: seq,
  data: { id: `id-${seq}`, clientId: `client-${seq}`, body: `message ${seq}` },
});
const edited = (seq: number, of: number, body: string): Entry => ({
  seq,
  signal: 'chat.edited',
  at: AT,
  data: { seq: of, body },
});
const deleted = (seq: number, of: number): Entry => ({ seq, signal: 'chat.deleted', at: AT, data: { seq: of } });
const reacted = (seq: number, of: number, reactions: Record<string, number>): Entry => ({
  seq,
  signal: 'chat.reacted',
  at: AT,
  data: { seq: of, reactions },
});

describe('an entry', () => {
  test('adds what was sent, and moves its sender’s pointer', () => {
    const after = applyEntry(timelineOf([message(1)]), sent(2));
    expect(after.messages).toEqual([message(1), message(2)]);
    expect(after.readTo).toEqual({ ann: 2 });
    expect(after.position).toEqual({ epoch: 'a', seq: 2 });
  });

  test('that is part of the state already changes nothing', () => {
    const before = timelineOf([message(1), message(2)], 5);
    expect(applyEntry(before, edited(4, 1, 'old news'))).toBe(before);
  });

  test('that sends a message which the snapshot holds already shows it once', () => {
    const before = timelineOf([message(1), message(2)], 1);
    const after = applyEntry(before, sent(2));
    expect(after.messages).toEqual([message(1), message(2)]);
    expect(after.position.seq).toBe(2);
  });

  test('older than what the message itself contains changes nothing of it', () => {
    const before = timelineOf([message(1, { body: 'newest', appliedSeq: 9 })], 3);
    const after = applyEntry(before, edited(4, 1, 'older'));
    expect(after.messages).toEqual(before.messages);
    expect(after.position.seq).toBe(4);
  });

  test('shows what was sent with its pictures, and takes them away with it', () => {
    const media = [{ id: 'p', width: 9, height: 6, blurHash: 'L0', altText: null, sources: [] }];
    const withPicture = sent(2);
    const shown = applyEntry(timelineOf([message(1)]), { ...withPicture, data: { ...withPicture.data, media } });
    expect(shown.messages[1]).toEqual(message(2, { media }));
    const after = applyEntry(shown, deleted(3, 2));
    expect(after.messages[1]).toEqual(message(2, { body: '', deletedAt: AT, appliedSeq: 3 }));
  });

  test('edits, reacts, deletes', () => {
    const entries = [edited(2, 1, 'better'), reacted(3, 1, { '🔥': 2 }), deleted(4, 1), edited(5, 1, 'too late')];
    let timeline = timelineOf([message(1)]);
    const states = [timeline];
    for (const entry of entries) {
      timeline = applyEntry(timeline, entry);
      states.push(timeline);
    }
    expect(states.map(({ messages: [only] }) => only)).toEqual([
      message(1),
      message(1, { body: 'better', editedAt: AT, appliedSeq: 2 }),
      message(1, { body: 'better', editedAt: AT, reactions: { '🔥': 2 }, appliedSeq: 3 }),
      message(1, { body: '', editedAt: AT, deletedAt: AT, appliedSeq: 4 }),
      message(1, { body: '', editedAt: AT, deletedAt: AT, appliedSeq: 4 }),
    ]);
  });

  test('about a message that is not loaded only moves the position', () => {
    const before = timelineOf([message(8)]);
    expect(applyEntry(before, edited(9, 1, 'elsewhere'))).toEqual({ ...before, position: { epoch: 'a', seq: 9 } });
  });

  test('moves read pointers forward, never back', () => {
    const reads = (seq: number, of: number): Entry => ({
      seq,
      signal: 'chat.readTo',
      at: AT,
      data: { reads: [{ userId: 'bob', seq: of }] },
    });
    const after = [reads(5, 4), reads(6, 2)].reduce(applyEntry, timelineOf([message(4)]));
    expect(after.readTo).toEqual({ bob: 4 });
  });
});

test('a page that was on its way gets the changes it may lack', () => {
  const timeline = timelineOf([message(6)], 7);
  const page = { items: [message(1), message(2)], nextCursor: null, position: { epoch: 'a', seq: 6 } };
  const after = prependPage(timeline, page, [edited(7, 2, 'changed meanwhile')]);
  expect(after.messages.map(({ body }) => body)).toEqual(['message 1', 'changed meanwhile', 'message 6']);
  expect(after.position.seq).toBe(7);
});

test('an own reaction is marked, and unmarked when nobody has it any more', () => {
  const marked = markMine(timelineOf([message(1, { reactions: { '🔥': 1 } })]), 1, { emoji: '🔥', on: true });
  expect(marked.messages[0]?.mine).toEqual(['🔥']);
  expect(applyEntry(marked, reacted(2, 1, {})).messages[0]?.mine).toEqual([]);
});

test('a chat that never stops is kept within bounds, and what was let go can be loaded again', () => {
  const last = MAX_MESSAGES * 2;
  const entries = Array.from({ length: last }, (_, index) => sent(index + 1));
  const after = entries.reduce(applyEntry, timelineOf([]));
  expect(after.messages.length).toBeLessThanOrEqual(MAX_MESSAGES);
  expect(after.messages.at(-1)?.seq).toBe(last);
  expect(after.olderCursor).toBe(after.messages[0]?.seq);
});
