import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, errorOf, openWorld, PASSWORD, registration, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('makes an account one can sign in with at once and later', async () => {
  const pair = await world.register('ada');
  expect(pair.user.username).toBe('ada');
  expect(await world.tokens.verify(pair.accessToken)).toMatchObject({ actor: { userId: pair.user.id, role: 'USER' } });
  expect(new Date(pair.expiresAt).getTime()).toBeGreaterThan(Date.now());
  await world.ask('session.renew', { refreshToken: pair.refreshToken });
  const again = await world.ask('session.login', { email: 'ada@rally.example', password: PASSWORD });
  expect(again.user).toEqual(pair.user);
});

test('keeps neither the password nor the refresh token, nor writes them into facts or the audit trail', async () => {
  const { user, refreshToken } = await world.register('secretive');
  const { database } = world;
  const row = await database.user.findUniqueOrThrow({ where: { id: user.id } });
  expect(row.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const trail = (await world.trailOf(user.id)).map(({ payload, origin }) => ({ payload, origin }));
  const facts = await database.outboxEvent.findMany();
  const tokens = await database.refreshToken.findMany({ where: { userId: user.id } });
  const everything = JSON.stringify([row, trail, facts, tokens, await database.session.findMany()]);
  expect(everything).toContain('"username":"secretive"');
  expect(everything).not.toContain(PASSWORD);
  expect(everything).not.toContain(refreshToken);
});

test('tells other domains, and names the account in the audit trail', async () => {
  const { user } = await world.register('heard');
  const facts = await world.database.outboxEvent.findMany({ where: { name: 'account.registered' } });
  expect(facts.map(({ payload }) => payload)).toContainEqual({
    userId: user.id,
    username: 'heard',
    registeredAt: expect.any(String),
  });
  const trail = await world.database.auditLog.findMany({ where: { targetId: user.id } });
  expect(trail).toMatchObject([{ action: 'account.register', targetType: 'user' }]);
});

test('compares email and username without regard to case, and keeps them in lower case', async () => {
  const { user } = await world.ask('account.register', {
    ...registration('x'),
    email: '  Grace.Hopper@Rally.Example ',
    username: 'Grace_H.1',
  });
  const row = await world.database.user.findUniqueOrThrow({ where: { id: user.id } });
  expect(row).toMatchObject({ email: 'grace.hopper@rally.example', username: 'grace_h.1' });
  const same = await world.call('account.register', {
    ...registration('y'),
    email: 'GRACE.hopper@rally.example',
    username: 'GRACE_h.1',
  });
  expect(errorOf(same)).toMatchObject({
    code: 'CONFLICT',
    retryable: false,
    issues: [{ path: 'email' }, { path: 'username' }],
  });
});

test.each([
  ['email', { username: 'linus_2' }],
  ['username', { email: 'linus_2@rally.example' }],
])('refuses a taken %s by name', async (field, change) => {
  await world.call('account.register', registration('linus'));
  const answer = await world.call('account.register', { ...registration('linus'), ...change });
  expect(errorOf(answer)).toMatchObject({ code: 'CONFLICT', issues: [{ path: field }] });
});

test.each([
  ['one email under 10 usernames', (at: number) => ({ username: `crowd_email_${at}` }), 'email'],
  ['one username under 10 emails', (at: number) => ({ email: `crowd${at}@rally.example` }), 'username'],
])('makes one account of 10 concurrent registrations of %s', async (_name, change, field) => {
  const same = registration(`crowd_${field}`);
  const attempts = Array.from({ length: 10 }, (_, at) => world.call('account.register', { ...same, ...change(at) }));
  const answers = await Promise.all(attempts);
  const codes = answers.map(codeOf);
  expect(codes.filter((code) => code === 'OK')).toHaveLength(1);
  expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(9);
  for (const answer of answers.filter(({ ok }) => !ok)) expect(errorOf(answer).issues).toMatchObject([{ path: field }]);
  const where = field === 'email' ? { email: same.email } : { username: same.username };
  expect(await world.database.user.count({ where })).toBe(1);
  const userIds = (await world.database.user.findMany({ where, select: { id: true } })).map(({ id }) => id);
  expect(await world.database.session.count({ where: { userId: { in: userIds } } })).toBe(1);
});

test.each([
  ['email', 'no-at-sign', /email/],
  ['email', `${'a'.repeat(250)}@rally.example`, /254/],
  ['email', 'nul\u0000@rally.example', /email/],
  ['email', 42, /string/],
  ['username', 'ab', /3/],
  ['username', 'a'.repeat(31), /30/],
  ['username', '...', /letter or a digit/],
  ['username', '___', /letter or a digit/],
  ['username', '.ada', /only between/],
  ['username', 'ada..l', /only between/],
  ['username', 'ada.', /only between/],
  ['username', 'not ok', /may hold/],
  ['username', 'ünïcode', /may hold/],
  ['username', "x'; DROP TABLE users; --", /may hold/],
  ['password', 'seven77', /8/],
  ['password', 'a'.repeat(201), /200/],
  ['password', 'Sunshine1!', /commonest/],
  ['password', 'AdaLovelace', /own name/],
  ['password', { length: 8 }, /string/],
  ['firstName', '   ', /1/],
  ['firstName', 'a'.repeat(101), /100/],
  ['lastName', 'nul\u0000', /control/],
  ['lastName', 'half \uD83D', /control/],
  ['lastName', null, /string/],
])('refuses %s %j, naming the field', async (field, value, reason) => {
  const before = await world.database.user.count();
  const answer = await world.call('account.register', { ...registration('refused'), [field]: value });
  expect(errorOf(answer)).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: field }] });
  expect(errorOf(answer).issues?.[0]?.message).toMatch(reason);
  expect(await world.database.user.count()).toBe(before);
});

test('takes one name where a person has no other', async () => {
  const { lastName: _, ...input } = registration('sukarno');
  const { accessToken } = await world.ask('account.register', { ...input, firstName: 'Sukarno' });
  const me = await world.ask<{ profile: object }>('profile.me', {}, { as: accessToken });
  expect(me.profile).toMatchObject({ firstName: 'Sukarno', lastName: '' });
});

test('takes names of any script and passwords of any characters', async () => {
  const names = { firstName: '  अदिति ', lastName: '👩🏽‍🚀 O’Neill-黑' };
  const password = 'pässwörd 🔑';
  const { accessToken } = await world.ask('account.register', { ...registration('world'), ...names, password });
  const me = await world.ask<{ profile: object }>('profile.me', {}, { as: accessToken });
  expect(me.profile).toMatchObject({ firstName: 'अदिति', lastName: '👩🏽‍🚀 O’Neill-黑' });
  const composedElsewhere = password.normalize('NFD');
  await world.ask('session.login', { email: 'world@rally.example', password: composedElsewhere });
});
