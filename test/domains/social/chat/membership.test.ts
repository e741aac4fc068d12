import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { until } from '../../../support/until.ts';
import { makeUsers } from '../support/rows.ts';
import { codeOf, type History, openWorld, say, type World } from '../support/world.ts';

let world: World;
let users: string[];

beforeAll(async () => {
  world = await openWorld();
  users = await makeUsers(world.database, 8);
});

afterAll(() => world.close());

interface Chat {
  id: string;
  kind: string;
  role: string;
  memberCount: number;
  members: { userId: string; role: string; firstName: string; lastReadSeq: number }[];
}

interface Told {
  chatId: string;
  userIds: string[];
}

const user = (index: number): string => users[index] ?? '';
const open = (by: number, input: object, node = 0) => world.ask<Chat>(user(by), 'chat.open', input, node);
const openGroup = (by: number, ...others: number[]) =>
  open(by, { kind: 'GROUP', title: 'Friends', memberIds: others.map(user) });
const rolesOf = async (chatId: string): Promise<Record<string, string>> => {
  const rows = await world.database.chatParticipant.findMany({ where: { chatId, leftAt: null } });
  return Object.fromEntries(rows.map(({ userId, role }) => [users.indexOf(userId), role]));
};
/** The entries of one signal, once there are so many. */
const heard = (room: string, signal: string, count: number) =>
  until(
    async () => {
      const entries = (await world.log(room)).filter((entry) => entry.signal === signal);
      return entries.length >= count ? entries : null;
    },
    { what: `${count} ${signal} in ${room}` },
  );

describe('chat.open', () => {
  test('gives a pair one chat, whoever opens it and however many at once', async () => {
    const openings = Array.from({ length: 12 }, (_, index) =>
      open(index % 2, { kind: 'DIRECT', memberIds: [user(1 - (index % 2))] }, index % 2),
    );
    const chats = await Promise.all(openings);
    expect(new Set(chats.map(({ id }) => id)).size).toBe(1);
    expect(chats[0]).toMatchObject({ kind: 'DIRECT', role: 'MEMBER', memberCount: 2 });
    const rows = await world.database.chat.count({ where: { kind: 'DIRECT' } });
    expect(rows).toBe(1);
    const reopened = await open(0, { kind: 'DIRECT', memberIds: [user(1), user(0)], title: 'not kept' });
    expect(reopened).toMatchObject({ id: chats[0]?.id, title: null });
  });

  test('makes a group that its opener owns, and tells every member’s devices', async () => {
    const chat = await openGroup(0, 1, 2, 2);
    expect(chat).toMatchObject({ kind: 'GROUP', title: 'Friends', role: 'OWNER', memberCount: 3 });
    expect(chat.members.map(({ role, firstName }) => [role, firstName])).toEqual([
      ['OWNER', 'First0'],
      ['MEMBER', 'First1'],
      ['MEMBER', 'First2'],
    ]);
    for (const index of [0, 1, 2]) {
      await until(async () => {
        const told = (await world.log(`user:${user(index)}`)).find(({ data }) => (data as Told).chatId === chat.id);
        return told?.signal === 'chat.memberJoined' && (told.data as Told).userIds[0] === user(index);
      });
    }
    // The first thing in a chat's own log is the first thing said.
    expect((await say(world, user(2), chat.id, 'hi')).seq).toBe(1);
  });

  test.each([
    ['a direct chat with oneself', () => ({ kind: 'DIRECT', memberIds: [user(0)] }), 'memberIds'],
    ['a direct chat of three', () => ({ kind: 'DIRECT', memberIds: [user(1), user(2)] }), 'memberIds'],
    ['a group without a title', () => ({ kind: 'GROUP', memberIds: [user(1)] }), 'title'],
    ['a group with nobody', () => ({ kind: 'GROUP', title: 'x', memberIds: [] }), 'memberIds'],
    ['somebody unknown', () => ({ kind: 'GROUP', title: 'x', memberIds: [user(1), newId()] }), 'memberIds.1'],
    ['an event’s chat', () => ({ kind: 'EVENT', title: 'x', memberIds: [user(1)] }), 'kind'],
    ['too many', () => ({ kind: 'GROUP', title: 'x', memberIds: Array.from({ length: 501 }, newId) }), 'memberIds'],
  ])('refuses %s', async (_what, input, path) => {
    const answer = await world.call(user(0), 'chat.open', input());
    expect(codeOf(answer)).toBe('INVALID_INPUT');
    expect(answer).toMatchObject({ error: { issues: [{ path }] } });
  });

  test('refuses a closed account', async () => {
    await world.database.user.update({ where: { id: user(7) }, data: { status: 'SUSPENDED' } });
    const answer = await world.call(user(0), 'chat.open', { kind: 'DIRECT', memberIds: [user(7)] });
    expect(answer).toMatchObject({ error: { code: 'INVALID_INPUT', issues: [{ path: 'memberIds.0' }] } });
  });
});

describe('members', () => {
  test('join by the owner’s word, read what was said before, and owe nothing for it', async () => {
    const { id: chatId } = await openGroup(0, 1);
    await say(world, user(0), chatId, 'before');
    await world.store(chatId);
    await say(world, user(0), chatId, 'not stored yet');
    expect(codeOf(await world.call(user(2), 'chat.history', { chatId }))).toBe('NOT_FOUND');
    expect(codeOf(await world.call(user(1), 'chat.addMembers', { chatId, userIds: [user(2)] }))).toBe('FORBIDDEN');
    const input = { chatId, userIds: [user(2), user(1), user(2)] };
    expect(await world.ask(user(0), 'chat.addMembers', input)).toEqual({ added: [user(2)], memberCount: 3 });
    const [joined] = await heard(`chat:${chatId}`, 'chat.memberJoined', 1);
    expect(joined).toMatchObject({ by: user(0), data: { chatId, userIds: [user(2)] } });
    await heard(`user:${user(2)}`, 'chat.memberJoined', 1);
    const before = [{ body: 'before' }, { body: 'not stored yet' }];
    expect((await world.ask<History>(user(2), 'chat.history', { chatId })).items).toMatchObject(before);
    const unread = async () =>
      (await world.ask<{ items: { unread: number }[] }>(user(2), 'chat.list', {})).items[0]?.unread;
    expect(await unread()).toBe(0);
    await world.store(chatId);
    expect(await unread()).toBe(0);
    await say(world, user(2), chatId, 'thanks');
    expect(await world.ask(user(0), 'chat.addMembers', input)).toEqual({ added: [], memberCount: 3 });
  });

  test('who are removed can neither write, read nor watch, on any node', async () => {
    const { id: chatId } = await openGroup(0, 1, 2);
    for (const node of [0, 1]) await world.ask(user(1), 'chat.type', { chatId }, node);
    expect(codeOf(await world.call(user(1), 'chat.removeMember', { chatId, userId: user(2) }))).toBe('FORBIDDEN');
    expect(codeOf(await world.call(user(0), 'chat.removeMember', { chatId, userId: user(0) }))).toBe('FORBIDDEN');
    expect(codeOf(await world.call(user(0), 'chat.removeMember', { chatId, userId: user(5) }))).toBe('NOT_FOUND');
    await world.ask(user(0), 'chat.removeMember', { chatId, userId: user(1) });
    await heard(`chat:${chatId}`, 'chat.memberLeft', 1);
    const refused = async () => {
      const inputs = {
        'chat.send': { clientId: newId(), body: 'still here?' },
        'chat.history': {},
        'chat.get': {},
        'chat.members': {},
        'chat.type': {},
        'chat.react': { seq: 1, emoji: '🔥' },
        'chat.read': { seq: 1 },
      };
      const calls = [0, 1].flatMap((node) =>
        Object.entries(inputs).map(([name, input]) => world.call(user(1), name, { chatId, ...input }, node)),
      );
      return (await Promise.all(calls)).every((answer) => codeOf(answer) === 'NOT_FOUND');
    };
    await until(refused, { withinMs: 1_000, what: 'the refusal on every node' });
    const [handler] = world.assemblies.map(({ rooms }) => rooms.get('chat'));
    expect(await handler?.canWatch({ userId: user(1), sessionId: newId(), role: 'USER' }, chatId)).toBe(false);
    expect(await handler?.canWatch({ userId: user(2), sessionId: newId(), role: 'USER' }, chatId)).toBe(true);
    expect(await handler?.canWatch({ userId: user(2), sessionId: newId(), role: 'USER' }, '-'.repeat(36))).toBe(false);
    await heard(`user:${user(1)}`, 'chat.memberLeft', 1);
    const list = await world.ask<{ items: { id: string }[] }>(user(1), 'chat.list', {});
    expect(list.items.map(({ id }) => id)).not.toContain(chatId);
  });

  test('who come back may go on, with what they had read', async () => {
    const { id: chatId } = await openGroup(0, 1);
    await say(world, user(1), chatId, 'one');
    await world.store(chatId);
    await world.ask(user(1), 'chat.leave', { chatId });
    await heard(`chat:${chatId}`, 'chat.memberLeft', 1);
    expect(await world.ask(user(1), 'chat.rejoin', { chatId })).toEqual({ memberCount: 2 });
    const [joined] = await heard(`chat:${chatId}`, 'chat.memberJoined', 1);
    expect(joined).toMatchObject({ by: user(1), data: { chatId, userIds: [user(1)] } });
    await say(world, user(1), chatId, 'back');
    const { members } = await world.ask<Chat>(user(0), 'chat.get', { chatId });
    expect(members.map(({ lastReadSeq }) => lastReadSeq > 0)).toEqual([false, true]);
  });

  test('who left are brought back by nobody else, nor together with others', async () => {
    const { id: chatId } = await openGroup(0, 1, 2);
    await world.ask(user(1), 'chat.leave', { chatId });
    const again = await world.call(user(0), 'chat.addMembers', { chatId, userIds: [user(3), user(1)] });
    expect(again).toMatchObject({ ok: false, error: { code: 'CONFLICT', issues: [{ path: 'userIds.1' }] } });
    expect(await rolesOf(chatId)).toEqual({ 0: 'OWNER', 2: 'MEMBER' });
    await world.ask(user(1), 'chat.rejoin', { chatId });
    // As a member they are left alone, and leaving again counts again.
    await world.ask(user(0), 'chat.addMembers', { chatId, userIds: [user(1)] });
    await world.ask(user(1), 'chat.leave', { chatId });
    expect(codeOf(await world.call(user(0), 'chat.addMembers', { chatId, userIds: [user(1)] }))).toBe('CONFLICT');
  });

  test('who left are not added although they leave at the very moment', async () => {
    const { id: chatId } = await openGroup(0, 1);
    const calls = Array.from({ length: 8 }, (_, number) =>
      number === 3
        ? world.call(user(1), 'chat.leave', { chatId })
        : world.call(user(0), 'chat.addMembers', { chatId, userIds: [user(1)] }, number % 2),
    );
    await Promise.all(calls);
    expect(await rolesOf(chatId)).toEqual({ 0: 'OWNER' });
  });

  test('who were removed come back when they are added, and not by themselves, also when they had left before', async () => {
    const { id: chatId } = await openGroup(0, 1);
    await world.ask(user(1), 'chat.leave', { chatId });
    await world.ask(user(1), 'chat.rejoin', { chatId });
    await world.ask(user(0), 'chat.removeMember', { chatId, userId: user(1) });
    const answers = await Promise.all([1, 0, 5].map((number) => world.call(user(number), 'chat.rejoin', { chatId })));
    expect(answers.map(codeOf)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    await world.ask(user(0), 'chat.addMembers', { chatId, userIds: [user(1)] });
    expect(await rolesOf(chatId)).toEqual({ 0: 'OWNER', 1: 'MEMBER' });
  });

  test('a group that everybody left belongs to who comes back first', async () => {
    const { id: chatId } = await openGroup(0, 1, 2);
    for (const number of [0, 1, 2]) await world.ask(user(number), 'chat.leave', { chatId });
    await Promise.all([1, 2].map((number) => world.ask(user(number), 'chat.rejoin', { chatId })));
    expect(Object.values(await rolesOf(chatId)).sort()).toEqual(['MEMBER', 'OWNER']);
  });

  test('are told of although one of them has closed their account', async () => {
    const [closed = ''] = await makeUsers(world.database, 1);
    const { id: chatId } = await open(0, { kind: 'GROUP', title: 'x', memberIds: [user(1), closed] });
    await world.database.user.update({ where: { id: closed }, data: { status: 'DEACTIVATED' } });
    const subscribers = world.assemblies.flatMap(({ domains }) => domains.flatMap((domain) => domain.subscribers));
    const opened = subscribers.find(({ name }) => name === 'social.tellMembersOfOpenedChat');
    const factId = newId();
    await opened?.run({ chatId, openedBy: user(0), memberIds: [closed, user(1)] }, factId);
    const told = (await world.log(`user:${user(1)}`)).filter(({ data }) => (data as Told).chatId === chatId);
    expect(told.length).toBeGreaterThan(0);
    await world.ask(user(0), 'chat.removeMember', { chatId, userId: closed });
    await heard(`chat:${chatId}`, 'chat.memberLeft', 1);
  });

  test('pass ownership on to the longest-standing moderator, then member', async () => {
    const { id: chatId } = await openGroup(0, 1, 2, 3);
    await world.database.chatParticipant.update({
      where: { chatId_userId: { chatId, userId: user(2) } },
      data: { role: 'MODERATOR' },
    });
    expect(codeOf(await world.call(user(2), 'chat.removeMember', { chatId, userId: user(0) }))).toBe('FORBIDDEN');
    await world.ask(user(0), 'chat.leave', { chatId });
    expect(await rolesOf(chatId)).toEqual({ 1: 'MEMBER', 2: 'OWNER', 3: 'MEMBER' });
    const [left] = await heard(`chat:${chatId}`, 'chat.memberLeft', 1);
    expect(left?.data).toEqual({ chatId, userIds: [user(0)], ownerId: user(2) });
    await world.ask(user(2), 'chat.leave', { chatId });
    expect(await rolesOf(chatId)).toEqual({ 1: 'OWNER', 3: 'MEMBER' });
    await Promise.all([world.ask(user(1), 'chat.leave', { chatId }), world.ask(user(3), 'chat.leave', { chatId })]);
    expect(await rolesOf(chatId)).toEqual({});
    expect(codeOf(await world.call(user(3), 'chat.leave', { chatId }))).toBe('NOT_FOUND');
  });

  test('of a direct chat stay', async () => {
    const { id: chatId } = await open(3, { kind: 'DIRECT', memberIds: [user(4)] });
    const answers = await Promise.all([
      world.call(user(3), 'chat.leave', { chatId }),
      world.call(user(3), 'chat.addMembers', { chatId, userIds: [user(5)] }),
      world.call(user(3), 'chat.removeMember', { chatId, userId: user(4) }),
    ]);
    expect(answers.map(codeOf)).toEqual(['CONFLICT', 'FORBIDDEN', 'FORBIDDEN']);
  });

  test('are listed in pages, longest-standing first, with how far each has read', async () => {
    const { id: chatId } = await openGroup(0, 1, 2, 3, 4);
    await say(world, user(3), chatId, 'hello');
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { userId: string; lastReadSeq: number }[]; nextCursor: string | null } = await world.ask(
        user(1),
        'chat.members',
        { chatId, limit: 2, ...(cursor === null ? {} : { cursor }) },
      );
      seen.push(...page.items.map(({ userId, lastReadSeq }) => `${users.indexOf(userId)}:${lastReadSeq}`));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['0:0', '1:0', '2:0', '3:1', '4:0']);
    const answer = await world.call(user(1), 'chat.members', { chatId, cursor: 'nonsense' });
    expect(answer).toMatchObject({ error: { code: 'INVALID_INPUT', issues: [{ path: 'cursor' }] } });
  });
});
