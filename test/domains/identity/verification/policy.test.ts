import fc from 'fast-check';
import { expect, test } from 'vitest';
import { masked, nextLetterAt, takesCode, takesLink } from '../../../../src/domains/identity/verification/policy.ts';

const HOUR_MS = 3_600_000;
const at = (ms: number): Date => new Date(Date.UTC(2026, 0, 1) + ms);

test('no run of letters, each asked for as soon as it may, has more than three in an hour or ten in a day', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 3 * HOUR_MS }), { maxLength: 60 });
  fc.assert(
    fc.property(pauses, (all) => {
      const sent: Date[] = [];
      let now = 0;
      for (const pause of all) {
        now += pause;
        const latest = sent.toReversed();
        const next = nextLetterAt(latest, at(now));
        if (next) {
          expect(next.getTime()).toBeGreaterThan(at(now).getTime());
          expect(nextLetterAt(latest, next)).toBeNull();
        } else sent.push(at(now));
      }
      for (const first of sent) {
        const within = (ms: number) => sent.filter((each) => each >= first && each.getTime() < first.getTime() + ms);
        expect(within(HOUR_MS).length).toBeLessThanOrEqual(3);
        expect(within(24 * HOUR_MS).length).toBeLessThanOrEqual(10);
      }
    }),
  );
});

test('a code is good for ten minutes and a link for a day, while nothing ended them', () => {
  const open = { status: 'PENDING', createdAt: at(0), expiresAt: at(24 * HOUR_MS) } as const;
  expect([599_999, 600_000].map((ms) => takesCode(open, at(ms)))).toEqual([true, false]);
  expect([24 * HOUR_MS - 1, 24 * HOUR_MS].map((ms) => takesLink(open, at(ms)))).toEqual([true, false]);
  for (const status of ['APPROVED', 'EXPIRED', 'REJECTED', 'SUBMITTED'] as const) {
    expect(takesCode({ ...open, status }, at(1))).toBe(false);
    expect(takesLink({ ...open, status }, at(1))).toBe(false);
  }
});

test.each([
  ['ada@rally.example', 'a•••@rally.example'],
  ['x@b.example', 'x•••@b.example'],
  ['"odd@one"@b.example', '"•••@b.example'],
])('shows %s as %s', (email, shown) => {
  expect(masked(email)).toBe(shown);
});
