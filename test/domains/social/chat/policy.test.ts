import { describe, expect, test } from 'vitest';
import { canDelete, canEdit, canRemoveMember, looksAfter } from '../../../../src/domains/social/chat/policy.ts';

const actor = { userId: 'me', sessionId: 's', role: 'ADMIN' };
const mine = { senderId: 'me' };
const theirs = { senderId: 'them' };
const place = (role: 'OWNER' | 'MODERATOR' | 'MEMBER') => ({ role });

describe('who may', () => {
  test('edit a message: its sender alone', () => {
    expect([mine, theirs].map((message) => canEdit(actor, { message }))).toEqual([true, false]);
  });

  test.each([
    ['OWNER', true],
    ['MODERATOR', true],
    ['MEMBER', false],
  ] as const)('delete others’ messages and add people, as %s: %s', (role, may) => {
    expect(canDelete(actor, { membership: place(role), message: theirs })).toBe(may);
    expect(canDelete(actor, { membership: place(role), message: mine })).toBe(true);
    expect(looksAfter(actor, place(role))).toBe(may);
  });

  test.each([
    ['OWNER', 'OWNER', false],
    ['OWNER', 'MODERATOR', true],
    ['OWNER', 'MEMBER', true],
    ['MODERATOR', 'OWNER', false],
    ['MODERATOR', 'MODERATOR', false],
    ['MODERATOR', 'MEMBER', true],
    ['MEMBER', 'OWNER', false],
    ['MEMBER', 'MODERATOR', false],
    ['MEMBER', 'MEMBER', false],
  ] as const)('%s removes %s: %s', (role, target, may) => {
    expect(canRemoveMember(actor, { membership: place(role), target: place(target) })).toBe(may);
  });
});
