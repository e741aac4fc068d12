import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSessionsOf } from '../../../../src/domains/identity/session/session.reads.ts';
import { MAX_SESSIONS } from '../../../../src/domains/identity/session/sign-in.steps.ts';
import { codeOf, errorOf, openWorld, PASSWORD, type Pair, type World } from '../world.ts';

interface Listed {
  items: { id: string; current: boolean; agent: string }[];
  nextCursor: string | null;
}

let world: World;
let ada: Pair;
let grace: Pair;
beforeAll(async () => {
  world = await openWorld();
  ada = await world.register('ada');
  grace = await world.register('grace');
});
afterAll(() => world.close());

const idOf = async ({ accessToken }: Pair): Promise<string> => (await world.tokens.verify(accessToken)).actor.sessionId;
const login = (agent: string): Promise<Pair> =>
  world.ask('session.login', { email: 'ada@rally.example', password: PASSWORD }, { agent });
const list = (input: object = {}): Promise<Listed> => world.ask('session.list', input, { as: ada.accessToken });

const openOf = ({ user }: Pair): Promise<string[]> => openSessionsOf(world.database, user.id, new Date());

test('logout ends the session: its refresh token, and once the fact is heard its access tokens and sockets', async () => {
  const pair = await login('leaving');
  const id = await idOf(pair);
  await world.ask('session.logout', {}, { as: pair.accessToken });
  expect(codeOf(await world.call('session.renew', { refreshToken: pair.refreshToken }))).toBe('UNAUTHENTICATED');
  await world.settle();
  expect(world.told.slice(-2)).toEqual([`revoke ${id}`, `close ${id} UNAUTHENTICATED`]);
  const history = await world.database.loginHistory.findMany({ where: { outcome: 'LOGGED_OUT' } });
  expect(history).toMatchObject([{ userId: ada.user.id }]);
});

test('logout may be repeated and tells of the end once', async () => {
  const pair = await login('leaving twice');
  const id = await idOf(pair);
  const logouts = Array.from({ length: 5 }, () => world.ask('session.logout', {}, { as: pair.accessToken }));
  await Promise.all(logouts);
  const facts = await world.database.outboxEvent.count({ where: { payload: { path: ['sessionId'], equals: id } } });
  expect(facts).toBe(1);
});

test('logout leaves other sessions alone', async () => {
  const pair = await login('leaving alone');
  await world.ask('session.logout', {}, { as: pair.accessToken });
  expect((await list()).items.map(({ id }) => id)).toContain(await idOf(ada));
});

test('list shows the open sessions, the latest first, and which one asks', async () => {
  const phone = await login('phone');
  const tablet = await login('tablet');
  const gone = await login('gone');
  await world.ask('session.logout', {}, { as: gone.accessToken });
  const { items, nextCursor } = await list();
  expect(items.map(({ agent }) => agent)).toEqual(['tablet', 'phone', 'vitest']);
  expect(items.map(({ current }) => current)).toEqual([false, false, true]);
  expect(items[0]).toMatchObject({ id: await idOf(tablet), address: '192.0.2.1', lastUsedAt: expect.any(String) });
  expect(nextCursor).toBeNull();

  const first = await list({ limit: 2 });
  expect(first.items.map(({ agent }) => agent)).toEqual(['tablet', 'phone']);
  const second = await list({ limit: 2, cursor: first.nextCursor });
  expect(second).toMatchObject({ items: [{ agent: 'vitest' }], nextCursor: null });
  await world.ask('session.revoke', { sessionId: await idOf(phone) }, { as: ada.accessToken });
  expect((await list()).items.map(({ agent }) => agent)).toEqual(['tablet', 'vitest']);
});

test('revoke ends another of one’s own sessions', async () => {
  const lost = await login('lost phone');
  const id = await idOf(lost);
  const first = await world.ask('session.revoke', { sessionId: id }, { as: ada.accessToken });
  const again = await world.ask('session.revoke', { sessionId: id }, { as: ada.accessToken });
  expect(again).toEqual(first);
  expect(codeOf(await world.call('session.renew', { refreshToken: lost.refreshToken }))).toBe('UNAUTHENTICATED');
  await world.settle();
  expect(world.told.slice(-2)).toEqual([`revoke ${id}`, `close ${id} UNAUTHENTICATED`]);
  const trail = await world.trailOf(id);
  expect(trail.map(({ action }) => action)).toEqual(['session.login', 'session.revoke', 'session.revoke']);
  expect(trail[1]).toMatchObject({
    actorId: ada.user.id,
    targetType: 'session',
    payload: { after: { reason: 'REVOKED' } },
  });
});

test('of more sessions than there may be the one ends that was not used for the longest time', async () => {
  const mary = await world.register('mary');
  const loginMary = (): Promise<Pair> =>
    world.ask('session.login', { email: 'mary@rally.example', password: PASSWORD });
  const pairs = [mary];
  while (pairs.length < MAX_SESSIONS) pairs.push(await loginMary());
  const [, second] = pairs;
  if (!second) throw new Error('there are as many as there may be');
  world.pass(1_000);
  const renewed: Pair = await world.ask('session.renew', { refreshToken: mary.refreshToken });
  const latest = await loginMary();
  const open = await openOf(mary);
  expect(open).toHaveLength(MAX_SESSIONS);
  expect(open).toEqual(expect.arrayContaining([await idOf(renewed), await idOf(latest)]));
  const ended = await idOf(second);
  expect(open).not.toContain(ended);
  expect(codeOf(await world.call('session.renew', { refreshToken: second.refreshToken }))).toBe('UNAUTHENTICATED');
  await world.settle();
  expect(world.told.slice(-2)).toEqual([`revoke ${ended}`, `close ${ended} UNAUTHENTICATED`]);
  await Promise.all(Array.from({ length: 6 }, loginMary));
  expect(await openOf(mary)).toHaveLength(MAX_SESSIONS);
  expect(await openOf(mary)).toContain(await idOf(latest));
});

test('revoke does not find the sessions of others', async () => {
  const sessionId = await idOf(grace);
  const answer = await world.call('session.revoke', { sessionId }, { as: ada.accessToken });
  expect(errorOf(answer).code).toBe('NOT_FOUND');
  expect(codeOf(await world.call('session.renew', { refreshToken: grace.refreshToken }))).toBe('OK');
});

test.each(['session.logout', 'session.list', 'session.revoke', 'profile.me', 'profile.update', 'profile.find'])(
  '%s is for those who are signed in',
  async (operation) => {
    expect(codeOf(await world.call(operation, {}))).toBe('UNAUTHENTICATED');
  },
);
