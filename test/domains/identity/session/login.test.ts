import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorOf, openWorld, PASSWORD, type Pair, type World } from '../world.ts';

let world: World;
let ada: Pair;
beforeAll(async () => {
  world = await openWorld();
  ada = await world.register('ada');
});
afterAll(() => world.close());

const EMAIL = 'ada@rally.example';
const latestLogin = () => world.database.loginHistory.findFirst({ orderBy: { id: 'desc' } });

test('opens a session of its own and says from where', async () => {
  const from = { address: '198.51.100.7', agent: 'phone' };
  const pair = await world.ask(
    'session.login',
    { email: ' ADA@rally.example', password: PASSWORD, totp: '123456' },
    from,
  );
  const [before, now] = [await world.tokens.verify(ada.accessToken), await world.tokens.verify(pair.accessToken)];
  expect(now.actor).toMatchObject({ userId: ada.user.id, role: 'USER' });
  expect(now.actor.sessionId).not.toBe(before.actor.sessionId);
  expect(pair.refreshToken).toMatch(/^[\w-]{43}$/);
  expect(await latestLogin()).toMatchObject({ userId: ada.user.id, outcome: 'SUCCEEDED', ...from });
});

test('answers a wrong password and an unknown account alike, and records both', async () => {
  const wrong = await world.call('session.login', { email: EMAIL, password: 'not it at all' });
  expect(await latestLogin()).toMatchObject({ userId: ada.user.id, outcome: 'WRONG_PASSWORD', address: '192.0.2.1' });
  const unknown = await world.call('session.login', { email: 'nobody@rally.example', password: PASSWORD });
  expect(await latestLogin()).toMatchObject({ userId: null, outcome: 'UNKNOWN_ACCOUNT' });
  expect(errorOf(wrong).code).toBe('UNAUTHENTICATED');
  expect(errorOf(unknown)).toEqual(errorOf(wrong));
});

test('takes as long for an unknown account as for a wrong password', async () => {
  const timed = async (email: string, address: string): Promise<number> => {
    const startedAt = performance.now();
    await world.call('session.login', { email, password: 'not it at all' }, { address });
    return performance.now() - startedAt;
  };
  const wrong: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    wrong.push(await timed(EMAIL, `198.51.100.${round}`));
    unknown.push(await timed(`nobody${round}@rally.example`, `198.51.100.${round}`));
  }
  const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length / 2] ?? 0;
  // The hash takes 20 ms; without the dummy the two would differ by more than half.
  expect(Math.abs(median(wrong) - median(unknown))).toBeLessThan(0.4 * median(wrong));
});

test.each(['SUSPENDED', 'DEACTIVATED', 'DELETED'] as const)(
  'tells only the owner that an account is %s',
  async (status) => {
    const username = `closed_${status.toLowerCase()}`;
    const { user } = await world.register(username);
    await world.database.user.update({ where: { id: user.id }, data: { status } });
    const email = `${username}@rally.example`;
    const owner = await world.call('session.login', { email, password: PASSWORD });
    expect(errorOf(owner)).toMatchObject({ code: 'FORBIDDEN', retryable: false });
    expect(await latestLogin()).toMatchObject({ userId: user.id, outcome: 'ACCOUNT_CLOSED' });
    const stranger = await world.call('session.login', { email, password: 'a guess, no more' });
    expect(errorOf(stranger).code).toBe('UNAUTHENTICATED');
    expect(await world.database.session.count({ where: { userId: user.id } })).toBe(1);
  },
);

test('keeps no more of a caller’s name for itself than a line', async () => {
  await world.ask('session.login', { email: EMAIL, password: PASSWORD }, { agent: 'x'.repeat(10_000) });
  expect((await latestLogin())?.agent).toHaveLength(300);
});

test.each([
  [{ email: EMAIL }, 'password'],
  [{ email: EMAIL, password: '' }, 'password'],
  [{ email: EMAIL, password: ['a'] }, 'password'],
  [{ email: { contains: '@' }, password: PASSWORD }, 'email'],
  [{ email: 'nul\u0000@rally.example', password: PASSWORD }, 'email'],
  [{ email: EMAIL, password: PASSWORD, totp: '12345' }, 'totp'],
])('refuses %j, naming the field', async (input, field) => {
  const answer = await world.call('session.login', input);
  expect(errorOf(answer)).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: field }] });
});
