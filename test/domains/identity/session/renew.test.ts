import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Answer } from '../../../../src/kernel/execute.ts';
import { codeOf, errorOf, openWorld, PASSWORD, type Pair, type World } from '../world.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.settle();
  world.told.length = 0;
});

const sessionOf = async ({ accessToken }: Pair): Promise<string> =>
  (await world.tokens.verify(accessToken)).actor.sessionId;
const renew = ({ refreshToken }: Pair) => world.call('session.renew', { refreshToken });
const outcomes = async (pair: Pair): Promise<string[]> => {
  const rows = await world.database.loginHistory.findMany({ where: { userId: pair.user.id }, orderBy: { id: 'asc' } });
  return rows.map(({ outcome }) => outcome);
};

test('gives a new pair of the same session, again and again', async () => {
  const first = await world.register('ada');
  const second = await world.ask('session.renew', { refreshToken: first.refreshToken });
  const third = await world.ask('session.renew', { refreshToken: second.refreshToken });
  expect(third.user).toEqual(first.user);
  expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
  expect(await sessionOf(third)).toBe(await sessionOf(first));
  const proofs = await Promise.all([first, third].map(({ accessToken }) => world.tokens.verify(accessToken)));
  expect(proofs[0]?.actor.authenticatedAtMs).toBeGreaterThan(0);
  expect(proofs[1]?.actor.authenticatedAtMs).toBe(proofs[0]?.actor.authenticatedAtMs);
  expect(await outcomes(first)).toEqual(['SUCCEEDED', 'REFRESHED', 'REFRESHED']);
});

test('ends the session when a token comes a second time, for thief and owner alike', async () => {
  const stolen = await world.register('grace');
  const other = await world.ask('session.login', { email: 'grace@rally.example', password: PASSWORD });
  const thiefs = await world.ask('session.renew', { refreshToken: stolen.refreshToken });

  expect(codeOf(await renew(stolen))).toBe('UNAUTHENTICATED');
  expect(codeOf(await renew(thiefs))).toBe('UNAUTHENTICATED');

  const id = await sessionOf(stolen);
  const row = await world.database.session.findUniqueOrThrow({ where: { id } });
  expect(row).toMatchObject({ revokedAt: expect.any(Date), revokedReason: 'REUSE_DETECTED' });
  expect(await outcomes(stolen)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'REFRESHED', 'REUSE_DETECTED']);
  expect(codeOf(await renew(other))).toBe('OK');

  await world.settle();
  // At once by who ended it, and by the fact.
  expect(world.told.at(-1)).toBe(`close ${id} UNAUTHENTICATED`);
  expect(new Set(world.told.slice(0, -1))).toEqual(new Set([`revoke ${id}`]));
});

test('of 20 concurrent renewals of one token gives exactly one pair, and ends the session', async () => {
  const pair = await world.register('margaret');
  const answers = await Promise.all(Array.from({ length: 20 }, () => renew(pair)));
  const codes = answers.map(codeOf);
  expect(codes.filter((code) => code === 'OK')).toHaveLength(1);
  expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(19);
  const id = await sessionOf(pair);
  expect(await world.database.refreshToken.count({ where: { sessionId: id } })).toBe(2);
  expect((await world.database.session.findUniqueOrThrow({ where: { id } })).revokedReason).toBe('REUSE_DETECTED');
  await world.settle();
  // At once by who ended it, and by the fact.
  expect(world.told.at(-1)).toBe(`close ${id} UNAUTHENTICATED`);
  expect(new Set(world.told.slice(0, -1))).toEqual(new Set([`revoke ${id}`]));
});

test('refuses when the session ends while it runs, and leaves the token as it was', async () => {
  const pair = await world.register('crossing');
  const id = await sessionOf(pair);
  let renewal: ReturnType<typeof renew> | undefined;
  await world.database.$transaction(
    async (tx) => {
      await tx.session.update({ where: { id }, data: { revokedAt: new Date(), revokedReason: 'LOGOUT' } });
      renewal = renew(pair);
      await vi.waitFor(async () => expect(await waitingForLocks()).toBe(1), { timeout: 10_000, interval: 10 });
    },
    { timeout: 20_000 },
  );
  expect(codeOf((await renewal) as Answer)).toBe('UNAUTHENTICATED');
  const tokens = await world.database.refreshToken.findMany({ where: { sessionId: id } });
  expect(tokens).toMatchObject([{ usedAt: null }]);
});

const waitingForLocks = async (): Promise<number> => {
  const rows = await world.database.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return Number(rows[0]?.count);
};

test('gives a client that lost the answer the same pair again, by its idempotency key', async () => {
  const pair = await world.register('offline');
  const repeat = () => world.call('session.renew', { refreshToken: pair.refreshToken }, { idempotencyKey: 'renew-1' });
  const answers = await Promise.all(Array.from({ length: 5 }, repeat));
  const pairs = answers.map((answer) => (answer.ok ? (answer.data as Pair).refreshToken : codeOf(answer)));
  expect(new Set(pairs).size).toBe(1);
  await world.ask('session.renew', { refreshToken: pairs[0] });
});

test('keeps a token for 30 days from its making, however old the session', async () => {
  let pair = await world.register('patient');
  world.pass(29 * DAY_MS);
  pair = await world.ask('session.renew', { refreshToken: pair.refreshToken });
  world.pass(29 * DAY_MS);
  pair = await world.ask('session.renew', { refreshToken: pair.refreshToken });
  world.pass(30 * DAY_MS);
  const answer = await renew(pair);
  expect(errorOf(answer).code).toBe('UNAUTHENTICATED');
});

test.each(['SUSPENDED', 'DEACTIVATED', 'DELETED'] as const)('refuses an account that is %s', async (status) => {
  const pair = await world.register(`renew_${status.toLowerCase()}`);
  await world.database.user.update({ where: { id: pair.user.id }, data: { status } });
  expect(codeOf(await renew(pair))).toBe('UNAUTHENTICATED');
  await world.database.user.update({ where: { id: pair.user.id }, data: { status: 'ACTIVE' } });
  expect(codeOf(await renew(pair))).toBe('OK');
});

test('takes the role from the account as it is now', async () => {
  const pair = await world.register('promoted');
  await world.database.user.update({ where: { id: pair.user.id }, data: { role: 'MODERATOR' } });
  const renewed = await world.ask('session.renew', { refreshToken: pair.refreshToken });
  expect(await world.tokens.verify(renewed.accessToken)).toMatchObject({ actor: { role: 'MODERATOR' } });
});

test.each(['unknown', '', 'a'.repeat(201), 42, null, { equals: 'x' }])('refuses %j', async (refreshToken) => {
  const code = codeOf(await world.call('session.renew', { refreshToken }));
  expect(code).toBe(refreshToken === 'unknown' ? 'UNAUTHENTICATED' : 'INVALID_INPUT');
});

test('never leaves two usable tokens in a session, whatever order its tokens come in', async () => {
  let people = 0;
  // Each number picks a token out of all the session ever had; those of one inner list come at once.
  const plan = fc.array(fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(plan, async (rounds) => {
      people += 1;
      const first = await world.register(`family_${people}`);
      const { wasReused, gaveAfterReuse } = await play(rounds, first);
      const id = await sessionOf(first);
      const session = await world.database.session.findUniqueOrThrow({ where: { id } });
      const unused = await world.database.refreshToken.count({ where: { sessionId: id, usedAt: null } });
      const told = await world.database.outboxEvent.count({ where: { payload: { path: ['sessionId'], equals: id } } });
      expect(gaveAfterReuse).toBe(false);
      expect(session.revokedAt !== null).toBe(wasReused);
      expect(unused).toBeLessThanOrEqual(1);
      expect(told).toBe(wasReused ? 1 : 0);
    }),
    { numRuns: 25 },
  );
});

/** Renews with the picked tokens, a round at a time; says whether one came twice, and whether that did not help. */
const play = async (rounds: number[][], first: Pair) => {
  const tokens = [first.refreshToken];
  const spent = new Set<string>();
  let wasReused = false;
  let gaveAfterReuse = false;
  for (const round of rounds) {
    const picked = round.map((number) => tokens[number % tokens.length] ?? '');
    const answers = await Promise.all(picked.map((refreshToken) => world.call('session.renew', { refreshToken })));
    const given = answers.flatMap((answer) => (answer.ok ? [(answer.data as Pair).refreshToken] : []));
    gaveAfterReuse ||= wasReused && given.length > 0;
    wasReused ||= new Set(picked).size < picked.length || picked.some((token) => spent.has(token));
    for (const token of picked) spent.add(token);
    tokens.push(...given);
  }
  return { wasReused, gaveAfterReuse };
};
