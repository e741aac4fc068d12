import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChanges, type VoteChange } from '../../../src/domains/live/ballot/overlay.rules.ts';
import { createAllowance } from '../../../src/domains/live/live/allowance.ts';
import { afterMove, type StageMove } from '../../../src/domains/live/live/stage.rules.ts';
import { cursorAt, fromFor, inOrder, KINDS, readEnd } from '../../../src/domains/live/live/timeline.rules.ts';
import {
  afterPollMove,
  averageOf,
  choicesOf,
  countWords,
  optionTexts,
  type PollState,
  REOPENED_WITHIN_MS,
  voterHash,
  voteValue,
} from '../../../src/domains/live/poll/poll.rules.ts';
import {
  afterQuestionMove,
  askedStatus,
  byUpvotes,
  hasLink,
} from '../../../src/domains/live/question/question.rules.ts';
import { belongs, seesPoll, seesTally, takesPart } from '../../../src/domains/live/standing/policy.ts';

const MINUTE = 60_000;
const now = new Date('2027-03-01T20:00:00Z');
const msAgo = (ms: number): Date => new Date(now.getTime() - ms);

describe('a stage', () => {
  test('opens, rests, goes on and ends for good, whatever is asked of it in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<StageMove>('open', 'pause', 'close'), { maxLength: 20 }), (moves) => {
        let status: 'UPCOMING' | 'OPEN' | 'PAUSED' | 'ENDED' = 'UPCOMING';
        let hasEnded = false;
        for (const move of moves) {
          const after = afterMove(status, move);
          if (hasEnded) expect(after).toBe(move === 'close' ? 'ENDED' : null);
          if (after === null) continue;
          // Made twice, a move changes nothing.
          expect(afterMove(after, move)).toBe(after);
          status = after;
          hasEnded ||= status === 'ENDED';
        }
      }),
    );
    expect(afterMove('UPCOMING', 'pause')).toBeNull();
  });
});

describe('a poll', () => {
  const poll = (status: PollState['status'], closedAt: Date | null = null, keyDestroyedAt: Date | null = null) => ({
    ...{ status, closedAt, keyDestroyedAt },
  });

  test.each([
    ['open', poll('DRAFT'), 'OPEN'],
    ['close', poll('DRAFT'), null],
    ['cancel', poll('DRAFT'), 'CANCELLED'],
    ['open', poll('OPEN'), 'OPEN'],
    ['close', poll('OPEN'), 'CLOSED'],
    ['cancel', poll('OPEN'), 'CANCELLED'],
    ['open', poll('CLOSED', msAgo(REOPENED_WITHIN_MS)), 'OPEN'],
    ['open', poll('CLOSED', msAgo(REOPENED_WITHIN_MS + 1)), null],
    ['open', poll('CLOSED', msAgo(MINUTE), msAgo(1)), null],
    ['close', poll('CLOSED', msAgo(MINUTE)), 'CLOSED'],
    ['cancel', poll('CLOSED', msAgo(MINUTE)), null],
    ['open', poll('CANCELLED', msAgo(MINUTE)), null],
    ['close', poll('CANCELLED', msAgo(MINUTE)), null],
    ['cancel', poll('CANCELLED', msAgo(MINUTE)), 'CANCELLED'],
  ] as const)('asked to %s when it is %o becomes %s', (move, state, after) => {
    expect(afterPollMove(state, move, now)).toBe(after);
  });

  test.each([
    [{ kind: 'SINGLE', options: ['a'] }, 'options'],
    [{ kind: 'SINGLE', options: ['Yes', 'no', 'yes'] }, 'options.2'],
    [{ kind: 'SINGLE', options: ['a', 'b'], steps: 3 }, 'steps'],
    [{ kind: 'RATING', options: ['a', 'b'], steps: 3 }, 'options'],
    [{ kind: 'RATING', options: [] }, 'steps'],
    [{ kind: 'OPEN_TEXT', options: ['a'] }, 'options'],
  ] as const)('made of %o is refused for its %s', (asked, path) => {
    expect(() => optionTexts({ ...asked, options: [...asked.options] })).toThrow(`${path}: `);
  });

  test('has steps of a rating as options, and as many choices as it is asked for', () => {
    expect(optionTexts({ kind: 'RATING', options: [], steps: 5 })).toEqual(['1', '2', '3', '4', '5']);
    expect([choicesOf('MULTIPLE', undefined, 4), choicesOf('MULTIPLE', 2, 4), choicesOf('SINGLE', 1, 4)]).toEqual([
      4, 2, 1,
    ]);
    expect(() => choicesOf('MULTIPLE', 5, 4)).toThrow('maxChoices: ');
    expect(() => choicesOf('SINGLE', 2, 4)).toThrow('maxChoices: ');
  });

  const choosing = { kind: 'MULTIPLE', maxChoices: 2, optionIds: ['a', 'b', 'c'] } as const;
  test.each([
    [{ choices: ['d'] }, 'choices.0'],
    [{ choices: ['a', 'a'] }, 'choices.1'],
    [{ choices: ['a', 'b', 'c'] }, 'choices.2'],
    [{ text: 'a' }, 'text'],
    [{}, 'choices'],
  ])('refuses the vote %o for %s', (vote, path) => {
    expect(() => voteValue(choosing, vote)).toThrow(`${path}: `);
  });

  test('counts the same choices as one vote, in whatever order they are named', () => {
    expect(voteValue(choosing, { choices: ['c', 'a'] })).toBe(voteValue(choosing, { choices: ['a', 'c'] }));
  });

  test('shows written words that two or more wrote, however they spelled them', () => {
    expect(countWords(['Jazz', ' jazz', 'Rock', 'ＪＡＺＺ', 'rock  music', 'Rock Music', 'alone'])).toEqual([
      { word: 'jazz', count: 3 },
      { word: 'rock music', count: 2 },
    ]);
  });

  test('has the mean of a rating, or none before the first vote', () => {
    expect(averageOf(['1', '2', '3'], { 1: 1, 3: 3 })).toBe(2.5);
    expect(averageOf(['1', '2'], {})).toBeNull();
  });

  test('knows a voter by a hash that another key makes another one of', () => {
    const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const [one, other] = keys.map((key) => voterHash(key, 'somebody'));
    expect(one).not.toBe(other);
    expect(one).toHaveLength(43);
  });
});

describe('who sees a tally (V4)', () => {
  const cases = fc.record({
    status: fc.constantFrom('DRAFT' as const, 'OPEN' as const, 'CLOSED' as const, 'CANCELLED' as const),
    reveal: fc.constantFrom('ALWAYS' as const, 'AFTER_VOTE' as const, 'AFTER_CLOSE' as const, 'TEAM' as const),
    hasVoted: fc.boolean(),
  });

  test('is decided by what the poll says, and the team always does', () => {
    fc.assert(
      fc.property(cases, ({ hasVoted, ...poll }) => {
        const sees = seesTally(poll, { supervises: false, hasVoted });
        if (poll.reveal === 'TEAM' || poll.status === 'DRAFT' || poll.status === 'CANCELLED') expect(sees).toBe(false);
        else if (poll.status === 'CLOSED' || poll.reveal === 'ALWAYS') expect(sees).toBe(true);
        else expect(sees).toBe(poll.reveal === 'AFTER_VOTE' && hasVoted);
        expect(seesTally(poll, { supervises: true, hasVoted })).toBe(true);
        expect(seesPoll(poll, { supervises: false })).toBe(poll.status === 'OPEN' || poll.status === 'CLOSED');
      }),
    );
  });
});

describe('who takes part (V9)', () => {
  const viewer = {
    hostId: '',
    isTeam: false,
    manages: false,
    supervises: false,
    isAdmitted: false,
    wasLetIn: false,
    mutedUntilMs: null,
  };

  test.each([
    ['ANYONE_WATCHING', {}, true],
    ['TICKET', {}, false],
    ['TICKET', { isAdmitted: true }, true],
    ['ADMITTED', { isAdmitted: true }, false],
    ['ADMITTED', { wasLetIn: true }, true],
    ['ADMITTED', { isTeam: true }, true],
  ] as const)('where it is for %s, for %o: %s', (audience, standing, is) => {
    expect(belongs(audience, { ...viewer, ...standing })).toBe(is);
  });

  test('a mute ends at its time, and not before', () => {
    const muted = { ...viewer, mutedUntilMs: 1_000 };
    expect([takesPart('ANYONE_WATCHING', muted, 999), takesPart('ANYONE_WATCHING', muted, 1_000)]).toEqual([
      false,
      true,
    ]);
  });
});

describe('questions', () => {
  test('go their way, and what was merged stays where it is', () => {
    const at = (status: Parameters<typeof afterQuestionMove>[0]['status'], mergedIntoId: string | null = null) => ({
      status,
      mergedIntoId,
    });
    expect(afterQuestionMove(at('PENDING'), 'approve')).toBe('VISIBLE');
    expect(afterQuestionMove(at('VISIBLE'), 'take')).toBe('ANSWERING');
    expect(afterQuestionMove(at('ANSWERING'), 'answer')).toBe('ANSWERED');
    expect(afterQuestionMove(at('ANSWERED'), 'dismiss')).toBeNull();
    expect(afterQuestionMove(at('ANSWERED'), 'withdraw')).toBeNull();
    expect(afterQuestionMove(at('DISMISSED'), 'restore')).toBe('VISIBLE');
    expect(afterQuestionMove(at('DISMISSED', 'another'), 'restore')).toBeNull();
    expect(afterQuestionMove(at('WITHDRAWN'), 'approve')).toBeNull();
  });

  test('wait for the team where it looks first, and with a link of a stranger', () => {
    expect(askedStatus('MODERATED', { body: 'When?', isKnown: true })).toBe('PENDING');
    expect(askedStatus('OPEN', { body: 'When?', isKnown: false })).toBe('VISIBLE');
    expect(askedStatus('OPEN', { body: 'See https://example.org', isKnown: false })).toBe('PENDING');
    expect(askedStatus('OPEN', { body: 'See https://example.org', isKnown: true })).toBe('VISIBLE');
    expect(['www.example.org', 'win at prize.xyz now', 'e.g. this', 'v1.2 of it'].map(hasLink)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('stand in one order for everybody (V6)', () => {
    const asked = fc.record({
      upvotes: fc.nat(3),
      createdAt: fc.date({ min: msAgo(5), max: now, noInvalidDate: true }),
      id: fc.uuid(),
    });
    fc.assert(
      fc.property(
        fc.array(asked, { maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        (rows, keys) => {
          const shuffled = rows.map((row, place) => ({ row, key: keys[place] ?? 0 })).sort((a, b) => a.key - b.key);
          const ids = (sorted: typeof rows) => sorted.map(({ id }) => id);
          expect(ids(shuffled.map(({ row }) => row).sort(byUpvotes))).toEqual(ids([...rows].sort(byUpvotes)));
        },
      ),
    );
  });
});

test('the end of a log over what is stored is what all of it would have made, wherever the two are cut (V3)', () => {
  const change = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('', 'x', 'y', 'x,y'), fc.constant(''));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), fc.nat(30), fc.nat(5), (all, cut, overlap) => {
      const changes = all as VoteChange[];
      const stored = applyChanges({}, changes.slice(0, cut));
      expect(applyChanges(stored, changes.slice(cut))).toEqual(applyChanges({}, changes));
      // What is stored already is read once more: the later one wins again.
      const again = changes.slice(Math.max(0, cut - overlap));
      expect(applyChanges(stored, again)).toEqual(applyChanges({}, changes));
    }),
  );
});

test('claps beyond 300 in ten seconds are left out, and nobody is refused', () => {
  const allow = createAllowance();
  const taken = Array.from({ length: 20 }, (_, place) => allow('somebody', 20, place * 10));
  expect(taken.reduce((sum, count) => sum + count, 0)).toBe(300);
  expect(taken.slice(15)).toEqual([0, 0, 0, 0, 0]);
  expect([allow('another', 20, 200), allow('somebody', 20, 10_000)]).toEqual([20, 20]);
});

describe('an evening', () => {
  test('is read page by page without a hole or a repeat, however many things share a moment', () => {
    const moment = fc.record({ kind: fc.constantFrom(...KINDS), atMs: fc.nat(3), id: fc.uuid() });
    fc.assert(
      fc.property(
        fc.uniqueArray(moment, {
          maxLength: 25,
          selector: ({ kind, atMs, id }) => (kind === 'APPLAUSE' ? `${kind}${atMs}` : `${kind} ${id}`),
        }),
        fc.integer({ min: 1, max: 5 }),
        (made, limit) => {
          const all = made.map(({ kind, atMs, id }) => ({
            kind,
            at: new Date(atMs),
            id: kind === 'APPLAUSE' ? String(atMs) : id,
          }));
          const source = (kind: (typeof KINDS)[number], end: ReturnType<typeof readEnd>) => {
            const { at, ofMoment } = fromFor(kind, new Date(0), end);
            return all
              .filter((each) => each.kind === kind)
              .filter((each) => {
                if (+each.at !== +at) return each.at > at;
                if (typeof ofMoment === 'object') return each.id > ofMoment.afterId;
                return ofMoment === 'all';
              })
              .sort(inOrder)
              .slice(0, limit + 1);
          };
          const read: typeof all = [];
          let cursor: string | undefined;
          for (let pages = 0; pages < 40; pages += 1) {
            const end = readEnd(cursor);
            const page = KINDS.flatMap((kind) => source(kind, end)).sort(inOrder);
            read.push(...page.slice(0, limit));
            const last = read.at(-1);
            if (page.length <= limit || !last) break;
            cursor = cursorAt(last);
          }
          expect(read).toEqual([...all].sort(inOrder));
        },
      ),
    );
  });

  test.each(['', 'x', '1:POLL:no-id', '1:SONG:00000000-0000-4000-8000-000000000000'])(
    'is not read from the cursor %j',
    (cursor) => {
      expect(() => readEnd(cursor)).toThrow('cursor: ');
    },
  );
});
