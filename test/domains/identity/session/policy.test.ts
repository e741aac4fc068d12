import { expect, test } from 'vitest';
import { canRenew, loginOutcome } from '../../../../src/domains/identity/session/policy.ts';

test.each([
  [null, false, 'UNKNOWN_ACCOUNT'],
  [null, true, 'UNKNOWN_ACCOUNT'],
  ['ACTIVE', true, 'SUCCEEDED'],
  ['ACTIVE', false, 'WRONG_PASSWORD'],
  ['SUSPENDED', false, 'WRONG_PASSWORD'],
  ['SUSPENDED', true, 'ACCOUNT_CLOSED'],
  ['DEACTIVATED', true, 'ACCOUNT_CLOSED'],
  ['DELETED', true, 'ACCOUNT_CLOSED'],
] as const)('an account that is %s, password right: %s, gives %s', (status, passwordMatches, outcome) => {
  expect(loginOutcome({ account: status && { status }, passwordMatches })).toBe(outcome);
});

const NOW = new Date('2026-11-22T10:00:00Z');
const good = {
  expiresAt: new Date(NOW.getTime() + 1),
  session: { revokedAt: null },
  user: { status: 'ACTIVE' as const },
};

test.each([
  ['in time', good, true],
  ['at its end', { ...good, expiresAt: NOW }, false],
  ['of an ended session', { ...good, session: { revokedAt: NOW } }, false],
  ['of a suspended person', { ...good, user: { status: 'SUSPENDED' as const } }, false],
])('a refresh token %s', (_name, token, renewable) => {
  expect(canRenew(token, NOW)).toBe(renewable);
});
