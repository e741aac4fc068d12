import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silenceInChat } from '../../../../src/domains/social/api.writes.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { until } from '../../../support/until.ts';
import { makeUsers } from '../support/rows.ts';
import { codeOf, openWorld, say, type World } from '../support/world.ts';

let world: World;
let owner: string;
let ada: string;
let bob: string;
let stranger: string;
let chatId: string;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  [owner = '', ada = '', bob = '', stranger = ''] = await makeUsers(world.database, 4);
  const opened = await world.ask<{ id: string }>(owner, 'chat.open', {
    ...{ kind: 'GROUP', title: 'A group', memberIds: [ada, bob] },
  });
  chatId = opened.id;
});

const entriesOf = async (signal: string) =>
  (await world.log(`chat:${chatId}`)).filter((entry) => entry.signal === signal).map(({ by, data }) => ({ by, data }));
const sendOn = (node: number, userId: string, clientId = newId()) =>
  world.call(userId, 'chat.send', { chatId, clientId, body: 'hello' }, node);
const chatAs = (userId: string) =>
  world.ask<{ own: Record<string, unknown>; slowModeSeconds: number; title: string }>(userId, 'chat.get', { chatId });

describe('the group', () => {
  test('its team changes title and way in, and every member hears of it', async () => {
    const changed = await world.ask(owner, 'chat.update', { chatId, title: 'Another name', joinPolicy: 'LINK' });
    expect(changed).toEqual({ title: 'Another name', avatarUrl: null, joinPolicy: 'LINK' });
    await until(async () => (await entriesOf('chat.updated')).length === 1);
    expect(await entriesOf('chat.updated')).toEqual([{ by: owner, data: changed }]);
    expect((await chatAs(ada)).title).toBe('Another name');
  });

  test.each([
    ['chat.update', { title: 'Mine now' }],
    ['chat.setRole', { userId: '', role: 'OWNER' }],
    ['chat.setSlowMode', { seconds: 5 }],
    ['chat.createLink', {}],
    ['chat.links', {}],
    ['chat.requests', {}],
  ])('a plain member may not call %s, and a stranger does not learn that there is a chat', async (operation, input) => {
    const about = { chatId, ...input, ...('userId' in input ? { userId: bob } : {}) };
    expect(codeOf(await world.call(ada, operation, about))).toBe('FORBIDDEN');
    expect(codeOf(await world.call(stranger, operation, about))).toBe('NOT_FOUND');
  });

  test('a chat of two has neither title nor roles nor slow mode', async () => {
    const pair = await world.ask<{ id: string }>(owner, 'chat.open', { kind: 'DIRECT', memberIds: [ada] });
    const tries = [
      ['chat.update', { title: 'Ours' }],
      ['chat.setSlowMode', { seconds: 5 }],
    ] as const;
    for (const [operation, input] of tries) {
      expect(codeOf(await world.call(owner, operation, { chatId: pair.id, ...input }))).not.toBe('OK');
    }
  });
});

describe('roles', () => {
  test('a role counts on every node within a second, and an owner cannot be lost (Q3, Q5)', async () => {
    const setRole = (by: string, userId: string, role: string) =>
      world.call(by, 'chat.setRole', { chatId, userId, role });
    expect(codeOf(await setRole(owner, owner, 'MEMBER'))).toBe('CONFLICT');
    expect(codeOf(await setRole(owner, ada, 'MODERATOR'))).toBe('OK');
    const sent = await say(world, bob, chatId, 'to be deleted by ada');
    await until(async () => codeOf(await world.call(ada, 'chat.delete', { chatId, seq: sent.seq }, 1)) === 'OK');
    expect(codeOf(await setRole(ada, bob, 'MODERATOR'))).toBe('FORBIDDEN');
    expect(codeOf(await setRole(owner, ada, 'OWNER'))).toBe('OK');
    expect(codeOf(await setRole(owner, owner, 'MEMBER'))).toBe('OK');
    expect(codeOf(await setRole(ada, ada, 'MODERATOR'))).toBe('CONFLICT');
    expect((await entriesOf('chat.roleChanged')).map(({ data }) => data)).toEqual([
      { userId: ada, role: 'MODERATOR' },
      { userId: ada, role: 'OWNER' },
      { userId: owner, role: 'MEMBER' },
    ]);
  });

  test('two owners who step down at once leave one', async () => {
    await world.ask(owner, 'chat.setRole', { chatId, userId: ada, role: 'OWNER' });
    const steps = [owner, ada].map((userId) => world.call(userId, 'chat.setRole', { chatId, userId, role: 'MEMBER' }));
    expect((await Promise.all(steps)).map(codeOf).sort()).toEqual(['CONFLICT', 'OK']);
    expect(await world.database.chatParticipant.count({ where: { chatId, role: 'OWNER' } })).toBe(1);
  });
});

describe('slow mode', () => {
  test('members wait on every node, are told how long, and a repeat gets its first answer; the team does not wait', async () => {
    await world.ask(owner, 'chat.setSlowMode', { chatId, seconds: 3_600 });
    const clientId = newId();
    const first = await sendOn(0, ada, clientId);
    expect(codeOf(first)).toBe('OK');
    const refused = await sendOn(1, ada);
    expect(refused).toMatchObject({ ok: false, error: { code: 'SLOW_MODE', retryable: true } });
    const { retryAfterMs } = (refused as { error: { retryAfterMs: number } }).error;
    expect(retryAfterMs).toBeGreaterThan(3_500_000);
    expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
    const again = await sendOn(1, ada, clientId);
    expect(again).toMatchObject({ ok: true, data: { duplicate: true } });
    for (let round = 0; round < 3; round += 1) expect(codeOf(await sendOn(round % 2, owner))).toBe('OK');
    expect(codeOf(await sendOn(0, bob))).toBe('OK');
    await world.ask(owner, 'chat.setSlowMode', { chatId, seconds: 0 });
    for (const node of [0, 1]) expect(codeOf(await sendOn(node, ada))).toBe('OK');
    expect(await entriesOf('chat.slowed')).toEqual([
      { by: owner, data: { seconds: 3_600 } },
      { by: owner, data: { seconds: 0 } },
    ]);
  });

  test('of a hundred sends at once on two nodes one is taken', async () => {
    await world.ask(owner, 'chat.setSlowMode', { chatId, seconds: 60 });
    const answers = await Promise.all(Array.from({ length: 100 }, (_, place) => sendOn(place % 2, ada)));
    expect(answers.map(codeOf).filter((code) => code === 'OK')).toHaveLength(1);
    expect(answers.map(codeOf).filter((code) => code === 'SLOW_MODE')).toHaveLength(99);
  });

  test.each([-1, 3_601, 1.5])('%d seconds are refused by name', async (seconds) => {
    const answer = await world.call(owner, 'chat.setSlowMode', { chatId, seconds });
    expect(answer).toMatchObject({ error: { code: 'INVALID_INPUT', issues: [{ path: 'seconds' }] } });
  });
});

test('who is silenced can read and not write, edit, react or type, on every node within a second', async () => {
  const sent = await say(world, ada, chatId, 'before');
  for (const node of [0, 1]) await sendOn(node, ada);
  const end = new Date(Date.now() + 3_600_000);
  const silence = (until: Date | null) =>
    world.database.$transaction((tx) => silenceInChat(tx, { chatId, userId: ada, until }));
  await silence(end);
  const tries: [string, Record<string, unknown>][] = [
    ['chat.send', { clientId: newId(), body: 'still?' }],
    ['chat.edit', { seq: sent.seq, body: 'still?' }],
    ['chat.react', { seq: sent.seq, emoji: '🔥' }],
    ['chat.type', {}],
  ];
  for (const node of [0, 1]) {
    await until(async () => codeOf(await sendOn(node, ada)) === 'FORBIDDEN');
    for (const [operation, input] of tries) {
      expect(codeOf(await world.call(ada, operation, { chatId, ...input }, node)), operation).toBe('FORBIDDEN');
    }
    expect(codeOf(await world.call(ada, 'chat.history', { chatId }, node))).toBe('OK');
  }
  expect((await chatAs(ada)).own.silencedUntil).toBe(end.toISOString());
  expect((await chatAs(bob)).own.silencedUntil).toBeNull();
  await silence(null);
  await until(async () => codeOf(await sendOn(1, ada)) === 'OK');
});

describe('one’s own view', () => {
  const listed = async (userId: string, hidden = false) =>
    (await world.ask<{ items: { id: string }[] }>(userId, 'chat.list', { hidden })).items.map(({ id }) => id);

  test('a hidden chat comes back with the next message, and nobody else sees any of it (Q2)', async () => {
    const before = JSON.stringify(await chatAs(bob));
    await say(world, bob, chatId, 'one');
    await world.ask(ada, 'chat.hide', { chatId });
    await world.store(chatId);
    expect(await listed(ada)).not.toContain(chatId);
    expect(await listed(ada, true)).toContain(chatId);
    expect(await listed(bob)).toContain(chatId);
    await say(world, bob, chatId, 'two');
    await world.store(chatId);
    expect(await listed(ada)).toContain(chatId);
    await world.ask(ada, 'chat.hide', { chatId });
    await world.ask(ada, 'chat.unhide', { chatId });
    expect(await listed(ada)).toContain(chatId);
    await world.ask(ada, 'chat.setNotifications', { chatId, level: 'NOTHING' });
    await world.ask(ada, 'chat.markUnread', { chatId });
    expect(JSON.parse(JSON.stringify(await chatAs(bob))).own).toEqual(JSON.parse(before).own);
    expect((await world.log(`chat:${chatId}`)).every(({ signal }) => signal !== 'chat.viewChanged')).toBe(true);
  });

  test('a mark to come back stays until one reads on', async () => {
    const own = await world.ask(ada, 'chat.markUnread', { chatId });
    expect(own).toMatchObject({ isMarkedUnread: true });
    const { seq } = await say(world, bob, chatId, 'new');
    await world.ask(ada, 'chat.read', { chatId, seq });
    await world.store(chatId);
    expect((await chatAs(ada)).own.isMarkedUnread).toBe(false);
  });

  test('what one is told of is one’s own choice, with an end that must lie ahead', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const own = await world.ask(ada, 'chat.setNotifications', { chatId, level: 'MENTIONS', mutedUntil: inAnHour });
    expect(own).toMatchObject({ notificationLevel: 'MENTIONS', mutedUntil: inAnHour });
    const late = await world.call(ada, 'chat.setNotifications', { chatId, mutedUntil: '2020-01-01T00:00:00Z' });
    expect(late).toMatchObject({ error: { code: 'INVALID_INPUT', issues: [{ path: 'mutedUntil' }] } });
    expect(await world.ask(ada, 'chat.setNotifications', { chatId, mutedUntil: null })).toMatchObject({
      ...{ notificationLevel: 'MENTIONS', mutedUntil: null },
    });
  });
});
