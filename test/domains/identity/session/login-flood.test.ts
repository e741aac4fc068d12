import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, errorOf, openWorld, PASSWORD, type Pair, registration, type World } from '../world.ts';

let world: World;
let ada: Pair;
beforeAll(async () => {
  world = await openWorld();
  ada = await world.register('ada');
});
afterAll(() => world.close());

const flood = (size: number) => {
  const answered: string[] = [];
  const attempts = Array.from({ length: size }, async (_, at) => {
    const answer = await world.call('session.login', { email: `nobody${at}@rally.example`, password: 'a guess' });
    answered.push(codeOf(answer));
    return answer;
  });
  return { answered, all: () => Promise.all(attempts) };
};

test('a flood of sign-ins is refused at once where it is too much, and holds up no other call', async () => {
  const { answered, all } = flood(200);
  for (let round = 0; round < 5; round += 1) {
    await world.ask('profile.update', { bio: `Round ${round}` }, { as: ada.accessToken });
  }
  // None of these waited for the passwords that are still being compared.
  const whileOthersWait = [...answered];
  const answers = await all();
  const refused = answers.filter((answer) => codeOf(answer) === 'OVERLOADED');
  expect(new Set(answers.map(codeOf))).toEqual(new Set(['UNAUTHENTICATED', 'OVERLOADED']));
  expect(whileOthersWait.filter((code) => code === 'UNAUTHENTICATED').length).toBeLessThan(200 - refused.length);
  expect(whileOthersWait.filter((code) => code === 'OVERLOADED')).toHaveLength(refused.length);
  for (const answer of refused) expect(errorOf(answer)).toMatchObject({ retryable: true, retryAfterMs: 1_000 });
});

test('who registers and signs in right after a flood is served', async () => {
  await flood(200).all();
  await world.register('right_after');
  await world.ask('session.login', { email: registration('right_after').email, password: PASSWORD });
});

test('a password that is changed between comparing and deciding does not open the account', async () => {
  const { user } = await world.register('changing');
  const { email } = registration('changing');
  const own = { scope: 'anonymous', operation: 'session.login', key: 'held' };
  let attempt: ReturnType<World['call']> | undefined;
  const holder = world.database.$transaction(async (tx) => {
    // The attempt's own claim waits for this row, when its password has been compared.
    await tx.idempotencyKey.create({ data: { ...own, requestHash: '', answer: '' } });
    attempt = world.call('session.login', { email, password: PASSWORD }, { idempotencyKey: 'held' });
    await expect.poll(waitingClaims).toBe(1);
    const { password } = await world.database.user.findUniqueOrThrow({ where: { id: ada.user.id } });
    await world.database.user.update({ where: { id: user.id }, data: { password } });
    throw new Error('nothing is kept');
  });
  await expect(holder).rejects.toThrow('nothing is kept');
  expect(await attempt?.then(codeOf)).toBe('UNAUTHENTICATED');
  expect(await world.database.session.count({ where: { userId: user.id } })).toBe(1);
});

const waitingClaims = async (): Promise<number> => {
  const rows = await world.database.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%idempotency_keys%'`;
  return rows.length;
};
