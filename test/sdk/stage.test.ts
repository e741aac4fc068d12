import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Entry } from '../../src/sdk/contract.ts';
import { gatherClaps } from '../../src/sdk/stage.ts';
import { APART_MS, createLooks } from '../../src/sdk/stage-looks.ts';
import { applyStageEntry, applyTick, concernsCaller, type StageState } from '../../src/sdk/stage-state.ts';

const AT = '2027-03-01T20:00:00.000Z';
const card = {
  ...{
    id: 'p',
    eventId: 'e',
    kind: 'RATING',
    prompt: 'How?',
    status: 'OPEN',
    reveal: 'ALWAYS',
    anonymity: 'ANONYMOUS',
  },
  ...{ maxChoices: 1, admittedOnly: false, seconds: null, openedAt: AT, closesAt: null, closedAt: null },
  ...{ isEdited: false, isSealed: false, sortOrder: 1, version: 2 },
  options: [
    { id: 'one', text: '1' },
    { id: 'two', text: '2' },
  ],
} as const;
const question = (id: string, upvotes: number) => ({
  ...({ id, eventId: 'e', authorId: null, body: `${id}?`, status: 'VISIBLE', upvotes, answer: null } as const),
  ...{ dismissalReason: null, mergedIntoId: null, createdAt: AT, version: 1 },
});
const counts = { asked: 2, answered: 0, dismissed: 0 };
const empty: StageState = {
  ...{
    eventId: 'e',
    status: 'OPEN',
    openedAt: AT,
    endedAt: null,
    version: 1,
    emoji: ['🔥'],
    viewers: 0,
    peakViewers: 0,
  },
  settings: {
    audience: 'ANYONE_WATCHING',
    applause: true,
    questions: 'OPEN',
    anonymousQuestions: true,
    autoSlow: true,
  },
  ...{ applause: {}, pinned: null, polls: [], questions: [], questionCounts: { asked: 0, answered: 0, dismissed: 0 } },
  mine: { isTeam: false, takesPart: true, mutedUntil: null },
  ...{ seq: 0, epoch: 'a' },
};
const entry = (seq: number, signal: string, data: unknown): Entry => ({ seq, signal, at: AT, data }) as Entry;
const told = (...entries: [string, unknown][]): StageState =>
  entries.reduce((state, [signal, data], place) => applyStageEntry(state, entry(place + 1, signal, data)), empty);

describe('the state of a stage', () => {
  test('follows a poll from its opening to its results', () => {
    const state = told(
      ['poll.opened', { poll: card }],
      ['poll.counted', { pollId: 'p', voters: 4, votes: { one: 1, two: 3 } }],
      ['poll.closed', { pollId: 'p', results: { voters: 4, votes: { one: 1, two: 3 } } }],
    );
    expect(state.polls).toMatchObject([{ status: 'CLOSED', voters: 4, results: { average: 1.75, votes: { two: 3 } } }]);
    expect(state.seq).toBe(3);
  });

  test('shows no tally that was not told, and keeps the own vote', () => {
    const voted = told(['poll.opened', { poll: card }]);
    const mine = { choices: ['one'], text: null };
    const own = { ...voted, polls: voted.polls.map((poll) => ({ ...poll, mine })) };
    const state = [
      entry(2, 'poll.counted', { pollId: 'p', voters: 9 }),
      entry(3, 'poll.changed', { poll: card }),
    ].reduce(applyStageEntry, own);
    expect(state.polls).toMatchObject([{ voters: 9, results: null, mine }]);
    expect(applyStageEntry(state, entry(4, 'poll.changed', { poll: { ...card, status: 'CANCELLED' } })).polls).toEqual(
      [],
    );
  });

  test('orders questions by upvotes, and follows merges and removals', () => {
    const shown = told(
      ['question.shown', { question: question('a', 1), counts }],
      ['question.shown', { question: question('b', 1), counts }],
      ['question.counted', { counts: { b: 3 } }],
    );
    expect(shown.questions.map(({ id }) => id)).toEqual(['b', 'a']);
    const merged = applyStageEntry(
      shown,
      entry(4, 'question.merged', { questionId: 'b', intoId: 'a', upvotes: { voters: 4, votes: {} }, counts }),
    );
    expect(merged.questions.map(({ id, upvotes }) => [id, upvotes])).toEqual([['a', 4]]);
    const left = applyStageEntry(
      merged,
      entry(5, 'question.removed', { questionId: 'a', counts: { ...counts, dismissed: 1 } }),
    );
    expect([left.questions, left.questionCounts.dismissed]).toEqual([[], 1]);
  });

  test('says which entries change what the log does not tell', () => {
    const open = told(['poll.opened', { poll: card }]);
    const concerns = (state: StageState, signal: string, data: unknown) =>
      concernsCaller(state, entry(9, signal, data));
    const team = { ...open, mine: { ...open.mine, isTeam: true } };
    const seen = { voters: 1, votes: { one: 1 }, average: 1, words: [] };
    const voted = { ...open, polls: open.polls.map((poll) => ({ ...poll, results: seen })) };
    const counted = { pollId: 'p', voters: 2 };
    expect(concerns(open, 'live.changed', { eventId: 'e' })).toBe(true);
    expect(concerns(empty, 'poll.opened', { poll: card })).toBe(false);
    expect(concerns(open, 'poll.opened', { poll: card })).toBe(true);
    expect([open, team, voted].map((state) => concerns(state, 'poll.counted', counted))).toEqual([false, true, true]);
    expect(concerns(voted, 'poll.counted', { ...counted, votes: { one: 2 } })).toBe(false);
    expect([open, team].map((state) => concerns(state, 'poll.closed', { pollId: 'p' }))).toEqual([false, true]);
  });

  test('adds applause of each tick', () => {
    const tick = { room: 'event:e', viewers: 5, reactions: { '🔥': 2 }, total: 2 };
    expect(applyTick(applyTick(empty, tick), tick)).toMatchObject({
      viewers: 5,
      peakViewers: 5,
      applause: { '🔥': 4 },
    });
  });
});

describe('claps', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('of a quarter of a second are sent together, twenty a call', () => {
    const sent: [string, number][] = [];
    const clap = gatherClaps((emoji, count) => void sent.push([emoji, count]));
    for (let each = 0; each < 45; each += 1) clap('🔥');
    clap('🎉', 3);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(250);
    expect(sent).toEqual([
      ['🔥', 20],
      ['🔥', 20],
      ['🔥', 5],
      ['🎉', 3],
    ]);
    vi.advanceTimersByTime(1_000);
    expect(sent).toHaveLength(4);
  });
});

describe('looks', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('that are asked for together are one, and two are apart', () => {
    let count = 0;
    const looks = createLooks(async () => {
      count += 1;
    });
    looks.soon(60_000);
    for (let each = 0; each < 5; each += 1) looks.soon();
    vi.advanceTimersByTime(0);
    expect(count).toBe(1);
    looks.soon();
    vi.advanceTimersByTime(APART_MS - 1);
    expect(count).toBe(1);
    vi.advanceTimersByTime(1);
    expect(count).toBe(2);
    looks.soon();
    looks.stop();
    vi.advanceTimersByTime(120_000);
    expect(count).toBe(2);
  });
});
