import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { effectOf, statusOf } from '../../../../src/domains/social/chat/joining.rules.ts';
import { until } from '../../../support/until.ts';
import { makeUsers } from '../support/rows.ts';
import { codeOf, openWorld, type World } from '../support/world.ts';

describe('what a link does', () => {
  const stranger = { isMember: false, wasRemoved: false, request: null };
  test.each([
    ['a stranger comes in where a link is enough', stranger, 'LINK', 'ENTER'],
    ['a stranger asks where the group wants that', stranger, 'REQUEST', 'ASK'],
    ['who was removed asks', { ...stranger, wasRemoved: true }, 'LINK', 'ASK'],
    ['a member is in', { ...stranger, isMember: true }, 'LINK', 'NOTHING'],
    ['who asks waits', { ...stranger, request: 'PENDING' }, 'REQUEST', 'NOTHING'],
    ['who was declined gets no further', { ...stranger, wasRemoved: true, request: 'DECLINED' }, 'LINK', 'NOTHING'],
    ['who was let in once and left comes in again', { ...stranger, request: 'APPROVED' }, 'LINK', 'ENTER'],
  ] as const)('%s', (_what, standing, policy, effect) => {
    expect(effectOf(standing, policy)).toBe(effect);
  });
  test('a decision that is over says nothing of who left', () => {
    expect(statusOf({ isMember: false, request: 'APPROVED' })).toBe('NONE');
  });
});

let world: World;
let owner: string;
let ada: string;
let guests: string[];
let chatId: string;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  [owner = '', ada = '', ...guests] = await makeUsers(world.database, 8);
  const opened = await world.ask<{ id: string }>(owner, 'chat.open', {
    ...{ kind: 'GROUP', title: 'A group', memberIds: [ada] },
  });
  chatId = opened.id;
});

const open = (joinPolicy: string) => world.ask(owner, 'chat.update', { chatId, joinPolicy });
const linkWith = (more: Record<string, unknown> = {}) =>
  world.ask<{ linkId: string; token: string }>(owner, 'chat.createLink', { chatId, ...more });
const join = (userId: string, token: string) => world.call(userId, 'chat.requestJoin', { token });
const members = async (): Promise<number> => world.database.chatParticipant.count({ where: { chatId, leftAt: null } });

test('a link lets people in, tells the group, and uses itself up', async () => {
  await open('LINK');
  const { token } = await linkWith({ maxUses: 3 });
  const answers = await Promise.all(guests.map((userId) => join(userId, token)));
  expect(answers.map(codeOf).filter((code) => code === 'OK')).toHaveLength(3);
  expect(answers.map(codeOf).filter((code) => code === 'NOT_FOUND')).toHaveLength(3);
  expect(await members()).toBe(5);
  await until(
    async () => (await world.log(`chat:${chatId}`)).filter(({ signal }) => signal === 'chat.memberJoined').length === 3,
  );
  expect(await world.ask(owner, 'chat.links', { chatId })).toEqual({ items: [] });
});

test('joining again uses nothing up', async () => {
  await open('LINK');
  const { token } = await linkWith({ maxUses: 2 });
  const [guest = ''] = guests;
  for (let round = 0; round < 3; round += 1) {
    expect(await join(guest, token)).toMatchObject({ ok: true, data: { chatId, status: 'MEMBER' } });
  }
  expect(await world.ask(owner, 'chat.links', { chatId })).toMatchObject({ items: [{ uses: 1, maxUses: 2 }] });
});

test('a link that was revoked or is over, a closed group, and a made-up token are answered alike', async () => {
  await open('LINK');
  const [guest = ''] = guests;
  const revoked = await linkWith();
  await world.ask(owner, 'chat.revokeLink', { chatId, linkId: revoked.linkId });
  const over = await linkWith({ expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  await world.database.chatLink.update({ where: { id: over.linkId }, data: { expiresAt: new Date(Date.now() - 1) } });
  const closed = await linkWith();
  const made = 'A'.repeat(43);
  await open('CLOSED');
  const tokens = [revoked.token, over.token, closed.token, made];
  for (const operation of ['chat.requestJoin', 'chat.previewLink']) {
    const answers = await Promise.all(tokens.map((token) => world.call(guest, operation, { token })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers.map(codeOf)).toEqual(tokens.map(() => 'NOT_FOUND'));
  }
  expect(codeOf(await world.call(owner, 'chat.createLink', { chatId }))).toBe('CONFLICT');
});

test('where one has to ask, the team decides, once', async () => {
  await open('REQUEST');
  const { token } = await linkWith();
  const [guest = '', other = ''] = guests;
  for (const userId of [guest, other, guest]) {
    expect(await join(userId, token)).toMatchObject({ data: { status: 'PENDING' } });
  }
  expect(await world.ask(guest, 'chat.previewLink', { token })).toMatchObject({ status: 'PENDING', memberCount: 2 });
  const { items } = await world.ask<{ items: { person: { userId: string } }[] }>(owner, 'chat.requests', { chatId });
  expect(items.map(({ person }) => person.userId).sort()).toEqual([guest, other].sort());
  const decide = (userId: string, isApproved: boolean) =>
    world.call(owner, 'chat.decideJoin', { chatId, userId, isApproved });
  const twice = await Promise.all([decide(guest, true), decide(guest, true)]);
  expect(twice.map(codeOf).sort()).toEqual(['NOT_FOUND', 'OK']);
  expect(codeOf(await decide(other, false))).toBe('OK');
  expect(await join(other, token)).toMatchObject({ data: { status: 'DECLINED' } });
  expect(await members()).toBe(3);
});

test('who was removed has to ask, whoever left comes in again', async () => {
  await open('LINK');
  const { token } = await linkWith();
  const [guest = ''] = guests;
  await join(guest, token);
  await world.ask(owner, 'chat.removeMember', { chatId, userId: ada });
  await world.ask(guest, 'chat.leave', { chatId });
  expect(await join(ada, token)).toMatchObject({ data: { status: 'PENDING' } });
  expect(await join(guest, token)).toMatchObject({ data: { status: 'MEMBER' } });
});

test('the token is kept nowhere', async () => {
  await open('LINK');
  const { token } = await linkWith();
  const rows = await world.database.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT FROM chat_links AS l WHERE l::text LIKE ${`%${token}%`})
      OR EXISTS (SELECT FROM audit_logs AS a WHERE a::text LIKE ${`%${token}%`})
      OR EXISTS (SELECT FROM idempotency_keys AS k WHERE k::text LIKE ${`%${token}%`}) AS found`;
  expect(rows).toEqual([{ found: false }]);
});
