import { describe, expect, test } from 'vitest';
import type { Entry, Message, Unsent } from '../../src/sdk/index.ts';
import { rowsOf } from '../../web/src/chat/rows.ts';
import { applyToSummary, nameOf, type Summary } from '../../web/src/chat/summary.ts';
import { briefTime, dayName, initialsOf, listNames } from '../../web/src/format.ts';

const at = (minutes: number): string => new Date(Date.UTC(2026, 5, 1, 12, minutes)).toISOString();

const message = (seq: number, senderId: string, change: Partial<Message> = {}): Message => ({
  id: `id-${seq}`,
  clientId: `client-${seq}`,
  seq,
  ordinal: seq,
  senderId,
  body: `message ${seq}`,
  sentAt: at(seq),
  reactions: {},
  mine: [],
  appliedSeq: seq,
  ...change,
});

const echo: Unsent = { clientId: 'client-9', chatId: 'x', body: 'on its way', createdAt: at(9), state: 'queued' };

describe('rows', () => {
  const layOut = (
    messages: Message[],
    unread = null as { after: number; upTo: number } | null,
    echoes: Unsent[] = [],
  ) =>
    rowsOf({ messages, echoes, userId: 'me', unread, hasEarlier: false }).map((row) => [
      row.kind,
      'startsGroup' in row && row.startsGroup,
    ]);

  test('begin with the day, and put messages of one person in a row under one name', () => {
    const rows = layOut([message(1, 'ann'), message(2, 'ann'), message(3, 'bob'), message(20, 'bob')]);
    expect(rows).toEqual([
      ['day', false],
      ['message', true],
      ['message', false],
      ['message', true],
      ['message', true],
    ]);
  });

  test('name a new day', () => {
    const tomorrow = message(3, 'ann', { sentAt: new Date(Date.parse(at(2)) + 86_400_000).toISOString() });
    expect(layOut([message(2, 'ann'), tomorrow]).map(([kind]) => kind)).toEqual(['day', 'message', 'day', 'message']);
  });

  test('mark the first unread message of someone else, and nothing that came after the opening', () => {
    const messages = [message(1, 'ann'), message(2, 'me'), message(3, 'ann'), message(4, 'ann')];
    const kinds = layOut(messages, { after: 1, upTo: 3 }).map(([kind]) => kind);
    expect(kinds).toEqual(['day', 'message', 'message', 'unread', 'message', 'message']);
    expect(layOut(messages, { after: 3, upTo: 3 }).map(([kind]) => kind)).not.toContain('unread');
  });

  test('keep the key of a message when it takes the place of its echo', () => {
    const keysOf = (rows: ReturnType<typeof rowsOf>): string[] => rows.map(({ key }) => key);
    const input = { userId: 'me', unread: null, hasEarlier: false };
    const before = rowsOf({ ...input, messages: [message(1, 'ann')], echoes: [echo] });
    const after = rowsOf({ ...input, messages: [message(1, 'ann'), message(9, 'me')], echoes: [] });
    expect(keysOf(after)).toEqual(keysOf(before));
  });
});

describe('a chat in the list', () => {
  const summary: Summary = {
    id: 'chat',
    kind: 'GROUP',
    title: null,
    avatarUrl: null,
    joinPolicy: 'CLOSED',
    slowModeSeconds: 0,
    own: {
      ...{ notificationLevel: 'ALL', mutedUntil: null, isMarkedUnread: false, isHidden: false, silencedUntil: null },
    },
    createdAt: at(0),
    role: 'MEMBER',
    memberCount: 3,
    peer: { userId: 'ann', username: 'ann', firstName: 'Ann', lastName: 'Archer', avatarUrl: null },
    lastMessage: message(1, 'ann'),
    unread: 1,
    mentions: 0,
    lastReadSeq: 0,
    updatedAt: at(1),
    position: { epoch: 'a', seq: 1 },
  };
  const sent = (seq: number, by: string): Entry => ({
    seq,
    signal: 'chat.sent',
    at: at(seq),
    by,
    ordinal: seq,
    data: { id: 'id', clientId: 'client', body: `from ${by}` },
  });
  const then = (...entries: Entry[]): Summary =>
    entries.reduce((state, entry) => applyToSummary(state, entry, 'me'), summary);

  test('counts what others say, and nothing once oneself has spoken', () => {
    expect(then(sent(2, 'ann'), sent(3, 'bob'))).toMatchObject({
      unread: 3,
      updatedAt: at(3),
      lastMessage: { seq: 3 },
    });
    expect(then(sent(2, 'ann'), sent(3, 'me'))).toMatchObject({ unread: 0, lastReadSeq: 3 });
  });

  test('is read when another of one’s devices has read all of it', () => {
    const read = (seq: number): Entry => ({
      seq: 9,
      signal: 'chat.readTo',
      at: at(9),
      data: { reads: [{ userId: 'me', seq }] },
    });
    expect(then(sent(2, 'ann'), read(1)).unread).toBe(2);
    expect(then(sent(2, 'ann'), read(2)).unread).toBe(0);
  });

  test('shows the last message as it is now', () => {
    const edit: Entry = { seq: 2, signal: 'chat.edited', at: at(2), data: { seq: 1, body: 'better' } };
    const removal: Entry = { seq: 3, signal: 'chat.deleted', at: at(3), data: { seq: 1 } };
    expect(then(edit).lastMessage?.body).toBe('better');
    expect(then(edit, removal).lastMessage).toMatchObject({ body: '', deletedAt: at(3) });
  });

  test('is called by its title, else by the other person', () => {
    expect(nameOf(summary)).toBe('Ann Archer');
    expect(nameOf({ ...summary, title: 'Crew' })).toBe('Crew');
  });
});

describe('words', () => {
  const now = new Date(2026, 5, 10, 12);
  const daysBefore = (days: number): string => new Date(2026, 5, 10 - days, 9).toISOString();

  test('name days as people do', () => {
    expect([0, 1].map((days) => dayName(daysBefore(days), now))).toEqual(['Today', 'Yesterday']);
    expect(dayName(daysBefore(3), now)).toMatch(/^\p{L}+$/u);
    expect(dayName(daysBefore(400), now)).toContain('2025');
    expect(briefTime(daysBefore(0), now)).toMatch(/9/);
  });

  test('list names and count the rest', () => {
    expect(listNames(['Ann'])).toBe('Ann');
    expect(listNames(['Ann', 'Bob'])).toBe('Ann and Bob');
    expect(listNames(['Ann', 'Bob', 'Cleo'])).toBe('Ann, Bob, and Cleo');
    expect(listNames(['Ann', 'Bob', 'Cleo', 'Dee'])).toBe('Ann, Bob and 2 others');
  });

  test('take initials of any name', () => {
    expect(['Ann Archer', 'bob', '', '李 雷', '🎈 Party'].map(initialsOf)).toEqual(['AA', 'B', '?', '李雷', '🎈P']);
  });
});
