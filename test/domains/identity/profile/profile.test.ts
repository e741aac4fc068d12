import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicProfiles, reachableUsers } from '../../../../src/domains/identity/api.ts';
import { profileCompletion } from '../../../../src/domains/identity/profile/completion.rules.ts';
import { codeOf, errorOf, openWorld, type Pair, type World } from '../world.ts';

interface Found {
  items: { id: string; username: string }[];
  nextCursor: string | null;
}

let world: World;
let ada: Pair;
beforeAll(async () => {
  world = await openWorld();
  ada = await world.register('ada');
});
afterAll(() => world.close());

const find = (input: object): Promise<Found> => world.ask('profile.find', input, { as: ada.accessToken });
const usernames = ({ items }: Found): string[] => items.map(({ username }) => username);

test('me is the account with its profile, and no password', async () => {
  const me = await world.ask<object>('profile.me', {}, { as: ada.accessToken });
  expect(me).toEqual({
    id: ada.user.id,
    email: 'ada@rally.example',
    username: 'ada',
    role: 'USER',
    emailVerified: false,
    isVerified: false,
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    profile: {
      firstName: 'Ada',
      lastName: 'Lovelace',
      bio: null,
      avatarUrl: null,
      cover: null,
      phone: null,
      timeZone: 'UTC',
      isNamedInForwards: true,
      completionPercentage: 50,
    },
  });
});

test('update changes what is given and keeps the rest', async () => {
  const { accessToken, user } = await world.register('changing');
  const change = (input: object) => world.ask<object>('profile.update', input, { as: accessToken });
  expect(await change({ bio: ' Analyst.\nPoet. ' })).toMatchObject({
    firstName: 'Ada',
    bio: 'Analyst.\nPoet.',
    completionPercentage: 75,
  });
  expect(await change({ firstName: 'Augusta' })).toMatchObject({
    firstName: 'Augusta',
    lastName: 'Lovelace',
    bio: 'Analyst.\nPoet.',
  });
  expect(await change({})).toMatchObject({ firstName: 'Augusta', bio: 'Analyst.\nPoet.' });
  expect(await change({ timeZone: 'Asia/Dhaka' })).toMatchObject({ timeZone: 'Asia/Dhaka', bio: 'Analyst.\nPoet.' });
  expect(await change({ bio: null })).toMatchObject({ bio: null, completionPercentage: 50, timeZone: 'Asia/Dhaka' });
  const me = await world.ask<{ profile: object }>('profile.me', {}, { as: accessToken });
  expect(me.profile).toMatchObject({ firstName: 'Augusta', bio: null });
  const trail = await world.database.auditLog.findMany({ where: { targetId: user.id, action: 'profile.update' } });
  expect(trail).toHaveLength(5);
});

test('a phone number is shown to its owner, and lies in no row in the clear', async () => {
  const [{ accessToken, user }, other] = [await world.register('calling'), await world.register('other_caller')];
  const phone = '+8801712345678';
  const change = (input: object) => world.call('profile.update', input, { as: accessToken });
  expect(await change({ phone })).toMatchObject({ ok: true, data: { phone, firstName: 'Ada' } });
  expect(await change({ bio: 'Still reachable.' })).toMatchObject({ ok: true, data: { phone } });
  expect(await world.ask('profile.me', {}, { as: accessToken })).toMatchObject({ profile: { phone } });
  const { items } = await find({ userIds: [user.id] });
  expect(JSON.stringify(items)).not.toContain('1712345678');
  const rows = await world.database.$queryRaw`
    SELECT (SELECT to_jsonb(users) FROM users WHERE id = ${user.id}::uuid) AS account,
           (SELECT jsonb_agg(audit_logs) FROM audit_logs WHERE actor_id = ${user.id}::uuid) AS trail`;
  expect(JSON.stringify(rows)).toContain('phone_hash');
  expect(JSON.stringify(rows)).not.toContain('1712345678');
  const taken = await world.call('profile.update', { phone }, { as: other.accessToken });
  expect(errorOf(taken)).toMatchObject({ code: 'CONFLICT', issues: [{ path: 'phone' }] });
  expect(await change({ phone: null })).toMatchObject({ ok: true, data: { phone: null } });
  expect(codeOf(await world.call('profile.update', { phone }, { as: other.accessToken }))).toBe('OK');
});

test('of several who give one number at once, one gets it', async () => {
  const people = await Promise.all(['race_a', 'race_b', 'race_c'].map((name) => world.register(name)));
  const answers = await Promise.all(
    people.map(({ accessToken }) => world.call('profile.update', { phone: '+4915112345678' }, { as: accessToken })),
  );
  expect(answers.map(codeOf).sort()).toEqual(['CONFLICT', 'CONFLICT', 'OK']);
});

test('an erased person’s number is gone, and so is what it was found by', async () => {
  const { accessToken, user } = await world.register('leaving');
  await world.ask('profile.update', { phone: '+4915112345679' }, { as: accessToken });
  await world.database.$transaction((tx) => world.subjectKeys.eraseSubject(tx, user.id));
  const { phone, phoneHash } = await world.database.user.findUniqueOrThrow({ where: { id: user.id } });
  expect({ phone, phoneHash }).toEqual({ phone: null, phoneHash: null });
});

test.each([
  [{ firstName: '' }, 'firstName'],
  [{ lastName: null }, 'lastName'],
  [{ bio: 'a'.repeat(501) }, 'bio'],
  [{ bio: 'nul\u0000' }, 'bio'],
  [{ phone: '01712345678' }, 'phone'],
  [{ phone: '+880 1712 345678' }, 'phone'],
])('update refuses %j', async (input, field) => {
  const answer = await world.call('profile.update', input, { as: ada.accessToken });
  expect(errorOf(answer)).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: field }] });
});

test('find gives profiles by id, each once, in the order asked, without what is private', async () => {
  const grace = await world.register('grace');
  const { items } = await find({ userIds: [grace.user.id, randomUUID(), ada.user.id, grace.user.id] });
  const names = { firstName: 'Ada', lastName: 'Lovelace', bio: null, avatarUrl: null, cover: null, isVerified: false };
  expect(items).toEqual([
    { id: grace.user.id, username: 'grace', ...names },
    { id: ada.user.id, username: 'ada', ...names },
  ]);
});

test('find searches open accounts by the beginning of the username, literally, page by page', async () => {
  const all = ['_x1', '_x2', '_.x1', 'zoe', 'zoe_1', 'zoe.2', 'zoea', 'zoeb', 'zofia', 'azoe'];
  const people = new Map<string, Pair>();
  for (const username of all) people.set(username, await world.register(username));
  const expected = (prefix: string) => new Set(all.filter((username) => username.startsWith(prefix)));

  for (const prefix of ['zoe', 'ZOE', 'zoe_', 'zoe.', '_', '_.', 'z', 'azoe', 'none']) {
    const found = usernames(await find({ username: prefix }));
    expect(new Set(found)).toEqual(expected(prefix.toLowerCase()));
    expect(found).toHaveLength(expected(prefix.toLowerCase()).size);
  }
  const whole = usernames(await find({ username: 'z' }));
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Found = await find({ username: 'z', limit: 2, ...(cursor === null ? {} : { cursor }) });
    paged.push(...usernames(page));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(paged).toEqual(whole);

  const closed = people.get('zofia')?.user.id ?? '';
  await world.database.user.update({ where: { id: closed }, data: { status: 'SUSPENDED' } });
  expect(usernames(await find({ username: 'zof' }))).toEqual([]);
  expect(usernames(await find({ userIds: [closed] }))).toEqual(['zofia']);
});

test.each([
  {},
  { userIds: [] },
  { userIds: ['not an id'] },
  { userIds: Array.from({ length: 101 }, () => randomUUID()) },
  { username: '' },
  { username: '%' },
  { username: 'a', cursor: 'nul\u0000' },
  { username: 'a', limit: 21 },
  { username: 'a', userIds: [randomUUID()] },
])('find refuses %j', async (input) => {
  const answer = await world.call('profile.find', input, { as: ada.accessToken });
  expect(errorOf(answer).code).toBe('INVALID_INPUT');
});

test('other domains learn who exists and what they may show', async () => {
  const closed = await world.register('closed');
  await world.database.user.update({ where: { id: closed.user.id }, data: { status: 'SUSPENDED' } });
  const ids = [ada.user.id, closed.user.id, randomUUID()];
  expect(await reachableUsers(world.database, ada.user.id, ids)).toEqual(new Set([ada.user.id]));
  const profiles = await world.database.$transaction((tx) =>
    publicProfiles(tx, ids, { pictures: { link: () => '' }, now: new Date() }),
  );
  expect([...profiles.keys()]).toEqual([ada.user.id, closed.user.id]);
  expect(profiles.get(ada.user.id)).toMatchObject({ username: 'ada', firstName: 'Ada' });
});

test('completion grows with every field and ends at 100', () => {
  const field = fc.option(fc.string(), { nil: null });
  const fields = fc.record({ firstName: fc.string(), bio: field, hasAvatar: fc.boolean() });
  fc.assert(
    fc.property(fields, (profile) => {
      const [name, ...others] = Object.values(profile).map(Boolean);
      expect(profileCompletion(profile)).toBe((name ? 50 : 0) + 25 * others.filter(Boolean).length);
    }),
  );
});
