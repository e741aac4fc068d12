import { expect, test } from 'vitest';
import { isOwnSession } from '../../src/domains/identity/session/policy.ts';
import { canWatchUserRoom } from '../../src/domains/identity/user-room/policy.ts';
import { isOwnFile } from '../../src/domains/media/media/policy.ts';
import { isOwnDevice } from '../../src/domains/notifications/device/policy.ts';

type Actor = { userId: string };

test.each<[string, (actor: Actor, userId: string) => boolean]>([
  ['a session', (actor, userId) => isOwnSession(actor, { userId })],
  ['a file', (actor, ownerId) => isOwnFile(actor, { ownerId })],
  ['a device', (actor, userId) => isOwnDevice(actor, { userId })],
  ['a room of one', canWatchUserRoom],
])('%s is its owner’s', (_what, may) => {
  expect([may({ userId: 'me' }, 'me'), may({ userId: 'me' }, 'them')]).toEqual([true, false]);
});
