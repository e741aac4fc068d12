import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canSetRole } from '../../../../src/domains/identity/account/policy.ts';
import { UserRole } from '../../../../src/generated/prisma/enums.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { SHORT_LIVED } from '../../../support/short-lived.ts';
import { codeOf, openWorld, PASSWORD, type Pair, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ROLES = Object.values(UserRole);
const HIGH = ['SUPER_ADMIN', 'ADMIN'];
const [userId, other] = [newId(), newId()];

/** `npm run role:grant`. */
const grant = (...words: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: world.databaseUrl, ENCRYPTION_KEY: world.encryptionKey };
    execFile(process.execPath, [...SHORT_LIVED, 'dist/role-grant.js', ...words], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
const signIn = (username: string) =>
  world.ask<Pair>('session.login', { email: `${username}@rally.example`, password: PASSWORD });

describe('who may set which role', () => {
  test.each(ROLES)('a SUPER_ADMIN any role of a %s, except the own', (role) => {
    const actor = { userId, sessionId: newId(), role: 'SUPER_ADMIN' };
    expect(ROLES.map((wanted) => canSetRole(actor, { id: other, role }, wanted))).not.toContain(false);
    expect(ROLES.map((wanted) => canSetRole(actor, { id: userId, role }, wanted))).not.toContain(true);
  });

  test.each(ROLES)('an ADMIN of a %s only roles below an ADMIN’s', (role) => {
    const actor = { userId, sessionId: newId(), role: 'ADMIN' };
    const allowed = ROLES.filter((wanted) => canSetRole(actor, { id: other, role }, wanted));
    expect(allowed).toEqual(HIGH.includes(role) ? [] : ROLES.filter((wanted) => !HIGH.includes(wanted)));
  });

  test.each(ROLES.filter((role) => !HIGH.includes(role)))('a %s none', (role) => {
    const actor = { userId, sessionId: newId(), role };
    expect(ROLES.map((wanted) => canSetRole(actor, { id: other, role: 'USER' }, wanted))).not.toContain(true);
  });
});

test('the first administrator is made on the machine, and appoints others', async () => {
  const chief = await world.register('chief');
  const helper = await world.register('helper');
  const input = { userId: helper.user.id, role: 'MODERATOR' };
  expect(codeOf(await world.call('account.setRole', input, { as: chief.accessToken }))).toBe('FORBIDDEN');

  expect(await grant('Chief@rally.example', 'ADMIN')).toMatchObject({ code: 0 });
  await world.settle();
  expect(world.told).toContainEqual(expect.stringContaining('revoke'));
  const { accessToken, user } = await signIn('chief');
  expect(await world.tokens.verify(accessToken)).toMatchObject({ actor: { role: 'ADMIN' } });
  expect(await world.trailOf(user.id)).toContainEqual(
    expect.objectContaining({
      action: 'account.setRole',
      actorId: null,
      payload: { before: { role: 'USER' }, after: { role: 'ADMIN' } },
    }),
  );

  expect(await world.ask('account.setRole', input, { as: accessToken })).toEqual(input);
  expect(codeOf(await world.call('session.renew', { refreshToken: helper.refreshToken }))).not.toBe('OK');
  const again = await signIn('helper');
  expect(await world.tokens.verify(again.accessToken)).toMatchObject({ actor: { role: 'MODERATOR' } });
  // The same once more changes nothing and ends nobody's session.
  await world.ask('account.setRole', input, { as: accessToken });
  expect(codeOf(await world.call('session.renew', { refreshToken: again.refreshToken }))).toBe('OK');
  const nobody = { userId: newId(), role: 'USER' };
  expect(codeOf(await world.call('account.setRole', nobody, { as: accessToken }))).toBe('NOT_FOUND');
}, 60_000);

test.each([
  [['chief@rally.example', 'KING'], 'usage:'],
  [[], 'usage:'],
  [['nobody@rally.example', 'ADMIN'], 'nobody signs in as'],
])(
  'role:grant %j says what is wrong',
  async (words, reason) => {
    expect(await grant(...words)).toEqual({ code: 1, output: expect.stringContaining(reason) });
  },
  60_000,
);
