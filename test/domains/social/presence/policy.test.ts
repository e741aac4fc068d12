import { expect, test } from 'vitest';
import { canSeePresence } from '../../../../src/domains/social/presence/policy.ts';
import { keyOf, seenAs, UNSEEN } from '../../../../src/domains/social/presence/view.rules.ts';

const NOW = 1_800_000_000_000;
const BOTH = [false, true];
const AUDIENCES = ['CONTACTS', 'FRIENDS', 'NOBODY'] as const;

/** Every combination: three audiences, and six things that are so or not. */
const CASES = AUDIENCES.flatMap((audience) =>
  Array.from({ length: 2 ** 6 }, (_, bits) => {
    const is = (nth: number): boolean => BOTH[(bits >> nth) & 1] === true;
    const tie = { isBlocked: is(0), areFriends: is(1), shareChat: is(2), shareEvent: is(3), isSelf: is(4) };
    return { audience, tie, isInvisible: is(5) };
  }),
);

/** What specs say, written down apart from the code. */
const oracle = ({ audience, tie }: (typeof CASES)[number]): boolean => {
  const contacts = tie.areFriends || tie.shareChat || tie.shareEvent;
  const allowed = { CONTACTS: contacts, FRIENDS: tie.areFriends, NOBODY: false }[audience];
  return tie.isSelf || (!tie.isBlocked && allowed);
};

const lookOf = (one: (typeof CASES)[number], isHere: boolean): string => {
  const known = {
    isHere,
    chosen: one.isInvisible ? 'INVISIBLE' : 'ONLINE',
    activeAtMs: NOW,
    lastSeenAtMs: NOW - 60_000,
  };
  return JSON.stringify(canSeePresence(one.tie, one.audience) ? seenAs(known, NOW) : UNSEEN);
};

test('who may see whom is what the page says, in every combination (H5)', () => {
  const wrong = CASES.filter((one) => canSeePresence(one.tie, one.audience) !== oracle(one));
  expect(wrong).toEqual([]);
  expect(CASES.filter(oracle).length).toBeGreaterThan(50);
});

test('who is invisible looks, byte for byte, as when they are not here; who may not be seen as if they never were (H5)', () => {
  for (const one of CASES) {
    if (one.isInvisible) expect(lookOf(one, true)).toBe(lookOf(one, false));
    if (!oracle(one)) expect(lookOf(one, true)).toBe('{"status":"OFFLINE","lastSeenAt":null}');
  }
});

test.each([
  ['ONLINE', 0, 'ONLINE'],
  ['ONLINE', 4 * 60_000, 'ONLINE'],
  ['ONLINE', 5 * 60_000, 'AWAY'],
  ['AWAY', 0, 'AWAY'],
  ['BUSY', 10 * 60_000, 'BUSY'],
  ['INVISIBLE', 0, 'OFFLINE'],
  ['', 0, 'OFFLINE'],
])('who chose %j and was active %i ms ago is %s', (chosen, agoMs, status) => {
  const seen = seenAs({ isHere: true, chosen, activeAtMs: NOW - agoMs, lastSeenAtMs: null }, NOW);
  expect(seen).toEqual({ status, lastSeenAt: null });
  expect(keyOf(seen)).toBe(`${status}|`);
});
