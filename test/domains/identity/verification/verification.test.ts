import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Letter } from '../../../../src/platform/mail/mailer.ts';
import { codeOf, errorOf, openWorld, type Pair, registration, type World } from '../world.ts';

interface Started {
  verificationId: string;
  masked: string;
  expiresAt: string;
}
type Registered = Pair & { verification: Started };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const MINUTE_MS = 60_000;
let people = 0;
const register = async (): Promise<Registered> => {
  people += 1;
  return world.ask<Registered>('account.register', registration(`person_${people}`));
};
const secretsIn = ({ text }: Letter) => ({
  code: /code is (\d{6})/.exec(text)?.[1] ?? '',
  token: /\/verify-email#(\S+)/.exec(text)?.[1] ?? '',
});
/** The letter of a verification, once it was sent. */
const letterOf = async ({ verificationId }: Started): Promise<Letter> => {
  await world.settle();
  const letter = world.letters.find(({ id }) => id === verificationId);
  if (!letter) throw new Error('no letter was sent');
  return letter;
};
const isProved = async ({ user }: Pair): Promise<boolean> =>
  (await world.database.user.findUniqueOrThrow({ where: { id: user.id } })).emailVerified;
const otherCode = (code: string): string => (code === '000000' ? '000001' : '000000');
const REFUSED = { code: 'INVALID_INPUT', retryable: false };

test('who registers gets one letter with a code and a link, and proves the address by the code', async () => {
  const ada = await register();
  expect(ada.verification).toMatchObject({ masked: 'p•••@rally.example' });
  const letter = await letterOf(ada.verification);
  expect(letter.to).toBe(registration(ada.user.username).email);
  expect(letter.text).not.toContain('Ada');
  expect(world.letters.filter(({ to }) => to === letter.to)).toHaveLength(1);
  expect(await isProved(ada)).toBe(false);
  const { verificationId } = ada.verification;
  const { code } = secretsIn(letter);
  const answer = await world.ask('verification.confirm', { verificationId, code }, { as: ada.accessToken });
  expect(answer).toEqual({ kind: 'EMAIL', verifiedAt: expect.any(String) });
  const me = await world.ask<object>('profile.me', {}, { as: ada.accessToken });
  expect(me).toMatchObject({ emailVerified: true });
  const facts = await world.database.outboxEvent.findMany({ where: { name: 'identity.verified' } });
  expect(facts.map(({ payload }) => payload)).toContainEqual(expect.objectContaining({ userId: ada.user.id }));
  const again = await world.call('verification.start', { kind: 'EMAIL' }, { as: ada.accessToken });
  expect(codeOf(again)).toBe('CONFLICT');
});

test('the link opens for who is not signed in, once', async () => {
  const ada = await register();
  const { token } = secretsIn(await letterOf(ada.verification));
  await world.ask('verification.confirm', { token });
  expect(await isProved(ada)).toBe(true);
  expect(errorOf(await world.call('verification.confirm', { token }))).toMatchObject(REFUSED);
});

test('neither the code nor the link lies in a row, a fact or the audit trail', async () => {
  const ada = await register();
  const { code, token } = secretsIn(await letterOf(ada.verification));
  const { database } = world;
  const rows = [
    await database.verification.findMany({ where: { userId: ada.user.id } }),
    (await database.outboxEvent.findMany()).map(({ payload }) => payload),
    (await world.trailOf(ada.verification.verificationId)).map(({ payload }) => payload),
  ];
  const kept = JSON.stringify(rows);
  expect(kept).toContain(ada.verification.verificationId);
  expect(kept).not.toContain(code);
  expect(kept).not.toContain(token.split('.')[1]);
});

test('of 200 tries with the right code and the link at once one is right', async () => {
  const ada = await register();
  const { verificationId } = ada.verification;
  const { code, token } = secretsIn(await letterOf(ada.verification));
  const tries = Array.from({ length: 200 }, (_, at) =>
    at % 2 === 0
      ? world.call('verification.confirm', { verificationId, code }, { as: ada.accessToken })
      : world.call('verification.confirm', { token }),
  );
  const codes = (await Promise.all(tries)).map(codeOf);
  expect(codes.filter((each) => each === 'OK')).toHaveLength(1);
  // Who waited too long for the lock is told so; nobody else is let in.
  for (const each of codes) expect(['OK', 'INVALID_INPUT', 'OVERLOADED']).toContain(each);
  const facts = await world.database.outboxEvent.findMany({ where: { name: 'identity.verified' } });
  const own = facts.filter(({ payload }) => (payload as { userId: string }).userId === ada.user.id);
  expect(own).toHaveLength(1);
});

test('the fifth wrong code ends the code and the link, also when all come at once', async () => {
  const ada = await register();
  const { verificationId } = ada.verification;
  const { code, token } = secretsIn(await letterOf(ada.verification));
  const wrong = Array.from({ length: 30 }, () =>
    world.call('verification.confirm', { verificationId, code: otherCode(code) }, { as: ada.accessToken }),
  );
  for (const answer of await Promise.all(wrong)) expect(['INVALID_INPUT', 'OVERLOADED']).toContain(codeOf(answer));
  const row = await world.database.verification.findUniqueOrThrow({ where: { id: verificationId } });
  expect(row).toMatchObject({ status: 'EXPIRED', attempts: 5 });
  const right = await world.call('verification.confirm', { verificationId, code }, { as: ada.accessToken });
  expect([codeOf(right), codeOf(await world.call('verification.confirm', { token }))]).toEqual([
    'INVALID_INPUT',
    'INVALID_INPUT',
  ]);
  expect(await isProved(ada)).toBe(false);
});

describe('what is not right is answered alike', () => {
  test('a wrong code, an unknown verification, somebody else’s, nobody signed in', async () => {
    const [ada, eve] = [await register(), await register()];
    const { verificationId } = ada.verification;
    const { code } = secretsIn(await letterOf(ada.verification));
    const answers = [
      await world.call('verification.confirm', { verificationId, code: otherCode(code) }, { as: ada.accessToken }),
      await world.call('verification.confirm', { verificationId: eve.user.id, code }, { as: ada.accessToken }),
      await world.call('verification.confirm', { verificationId, code }, { as: eve.accessToken }),
      await world.call('verification.confirm', { verificationId, code }),
    ];
    for (const answer of answers) expect(errorOf(answer)).toEqual(errorOf(answers[0] as typeof answer));
    // Strangers use up none of her five tries.
    const row = await world.database.verification.findUniqueOrThrow({ where: { id: verificationId } });
    expect(row.attempts).toBe(1);
    expect(await isProved(ada)).toBe(false);
  });

  test('a token that was changed, of another verification, or made up', async () => {
    const [ada, eve] = [await register(), await register()];
    const { token } = secretsIn(await letterOf(ada.verification));
    const own = token.split('.')[1] ?? '';
    const flipped = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`;
    const tokens = [flipped, `${eve.verification.verificationId}.${own}`, 'nonsense', `${token}0`, `x${token}`];
    for (const each of tokens) {
      expect(errorOf(await world.call('verification.confirm', { token: each }))).toMatchObject(REFUSED);
    }
    expect([await isProved(ada), await isProved(eve)]).toEqual([false, false]);
  });
});

test('a code is late after ten minutes, its link after a day', async () => {
  const ada = await register();
  const { verificationId } = ada.verification;
  const { code, token } = secretsIn(await letterOf(ada.verification));
  world.pass(10 * MINUTE_MS);
  const late = await world.call('verification.confirm', { verificationId, code }, { as: ada.accessToken });
  expect(errorOf(late)).toMatchObject(REFUSED);
  world.pass(23 * 60 * MINUTE_MS);
  await world.ask('verification.confirm', { token });
  const eve = await register();
  const hers = secretsIn(await letterOf(eve.verification));
  world.pass(24 * 60 * MINUTE_MS);
  expect(errorOf(await world.call('verification.confirm', { token: hers.token }))).toMatchObject(REFUSED);
});

test('a new letter ends the one before, and the fourth within an hour is refused with the time', async () => {
  const ada = await register();
  const first = secretsIn(await letterOf(ada.verification));
  const as = { as: ada.accessToken };
  const second = await world.ask<Started>('verification.start', { kind: 'EMAIL' }, as);
  const third = await world.ask<Started>('verification.start', { kind: 'EMAIL' }, as);
  const fourth = errorOf(await world.call('verification.start', { kind: 'EMAIL' }, as));
  expect(fourth).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) });
  expect(fourth.retryAfterMs).toBeGreaterThan(55 * MINUTE_MS);
  await world.settle();
  // The second was replaced before it was sent.
  expect(world.letters.some(({ id }) => id === second.verificationId)).toBe(false);
  expect(errorOf(await world.call('verification.confirm', { token: first.token }))).toMatchObject(REFUSED);
  const { code } = secretsIn(await letterOf(third));
  await world.ask('verification.confirm', { verificationId: third.verificationId, code }, as);
});

test.each([
  [{}],
  [{ code: '123456' }],
  [{ verificationId: '0198e6a0-0000-7000-8000-000000000000' }],
  [{ verificationId: '0198e6a0-0000-7000-8000-000000000000', code: '123456', token: 'x' }],
])('refuses %j, which is neither a code nor a link', async (input) => {
  expect(errorOf(await world.call('verification.confirm', input))).toMatchObject({ issues: [{ path: 'token' }] });
});
