import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailAddressesOf } from '../../../../src/domains/identity/account/account.reads.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { codeOf, errorOf, openWorld, PASSWORD, type Pair, type World } from '../world.ts';

let world: World;
let admin: string;
const signIn = (username: string) =>
  world.ask<Pair>('session.login', { email: `${username}@rally.example`, password: PASSWORD });
const withRole = async (username: string, role: 'ADMIN' | 'MODERATOR' | 'SUPPORT'): Promise<string> => {
  const { user } = await world.register(username);
  await world.database.user.update({ where: { id: user.id }, data: { role } });
  return (await signIn(username)).accessToken;
};

beforeAll(async () => {
  world = await openWorld();
  admin = await withRole('keeper', 'ADMIN');
});
afterAll(() => world?.close());

const make = async (input: object, idempotencyKey?: string): Promise<Pair[]> => {
  const options = { as: admin, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
  return (await world.ask<{ items: Pair[] }>('testAccount.create', input, options)).items;
};
const row = (id: string) => world.database.user.findUniqueOrThrow({ where: { id }, include: { profile: true } });

describe('making', () => {
  test('gives accounts that can act at once, marked for what they are', async () => {
    const made = await make({ count: 3, prefix: 'Hall' });
    expect(new Set(made.map(({ user }) => user.id)).size).toBe(3);
    for (const { user, accessToken, refreshToken } of made) {
      expect(user.username).toMatch(/^hall_[a-z0-9]{8}_\d$/);
      expect(await world.ask('profile.me', {}, { as: accessToken })).toMatchObject({ id: user.id, role: 'USER' });
      expect(await row(user.id)).toMatchObject({ isTest: true, email: `${user.username}@load.invalid` });
      expect(codeOf(await world.call('session.renew', { refreshToken }))).toBe('OK');
    }
    expect(await world.database.loginHistory.count({ where: { userId: made[0]?.user.id ?? '' } })).toBe(2);
  });

  test('is one act in the audit, with the names that it gave', async () => {
    const [first] = await make({ count: 2 });
    expect(await world.trailOf(first?.user.id ?? '')).toMatchObject([
      {
        action: 'testAccount.create',
        payload: { after: { count: 2, usernames: [first?.user.username, expect.any(String)] } },
      },
    ]);
  });

  test('answers a repeat with the same accounts and tokens', async () => {
    const key = newId();
    const first = await make({ count: 2 }, key);
    expect(await make({ count: 2 }, key)).toEqual(first);
    const kept = await world.database.idempotencyKey.findFirstOrThrow({ where: { key } });
    expect(kept.answer).not.toContain(first[0]?.refreshToken ?? '?');
  });

  test('takes 500 in a call, of one hash', async () => {
    const made = await make({ count: 500, password: 'load tests are fun' });
    const hashes = await world.database.user.groupBy({
      by: ['password'],
      where: { id: { in: made.map(({ user }) => user.id) } },
    });
    expect([made.length, hashes.length]).toEqual([500, 1]);
    const email = `${made[499]?.user.username}@load.invalid`;
    expect(codeOf(await world.call('session.login', { email, password: 'load tests are fun' }))).toBe('OK');
  });

  test('without a password leaves none that would do', async () => {
    const [made] = await make({ count: 1 });
    const email = `${made?.user.username}@load.invalid`;
    for (const password of [' ', 'A'.repeat(43), made?.user.username ?? '']) {
      expect(codeOf(await world.call('session.login', { email, password }))).toBe('UNAUTHENTICATED');
    }
  });

  test.each([
    [{ count: 0 }, 'count'],
    [{ count: 501 }, 'count'],
    [{ count: 1, prefix: 'a b' }, 'prefix'],
    [{ count: 1, prefix: 'thirteenchars' }, 'prefix'],
    [{ count: 1, password: 'short' }, 'password'],
    [{ count: 1, password: 'password1' }, 'password'],
    [{ count: 1, prefix: 'hippodrome', password: 'Hippodrome7' }, 'password'],
  ])('refuses %j by the field %s', async (input, field) => {
    const before = await world.database.user.count();
    const error = errorOf(await world.call('testAccount.create', input, { as: admin }));
    expect([error.code, error.issues?.[0]?.path]).toEqual(['INVALID_INPUT', field]);
    expect(await world.database.user.count()).toBe(before);
  });
});

describe('nobody else', () => {
  const CALLS = [
    ['testAccount.create', { count: 1 }],
    ['testAccount.list', {}],
    ['testAccount.signIn', { userIds: [newId()] }],
    ['testAccount.remove', {}],
  ] as const;

  test.each(CALLS)('may call %s', async (operation, input) => {
    const [person, moderator, support] = [
      (await world.register(`p${newId().slice(-10)}`)).accessToken,
      await withRole(`m${newId().slice(-10)}`, 'MODERATOR'),
      await withRole(`s${newId().slice(-10)}`, 'SUPPORT'),
    ];
    const [open] = await make({ count: 1 });
    // An account that is one cannot make others.
    for (const as of [person, moderator, support, open?.accessToken ?? '']) {
      const userIds = { userIds: [open?.user.id ?? ''] };
      const asked = operation === 'testAccount.signIn' ? userIds : input;
      expect(codeOf(await world.call(operation, asked, { as }))).toBe('FORBIDDEN');
    }
  });

  test('makes such an account by registering', async () => {
    const input = {
      email: 'sly@load.invalid',
      username: 'sly_one',
      password: PASSWORD,
      firstName: 'Sly',
    };
    expect(codeOf(await world.call('account.register', { ...input, isTest: true }))).toBe('INVALID_INPUT');
    const { user } = await world.ask('account.register', input);
    expect(await row(user.id)).toMatchObject({ isTest: false });
    expect(codeOf(await world.call('testAccount.signIn', { userIds: [user.id] }, { as: admin }))).toBe('NOT_FOUND');
  });
});

describe('a test account', () => {
  test('is in no search and in no list of usernames, and shows its name where it takes part', async () => {
    const [made] = await make({ count: 1, prefix: 'findme' });
    const { user } = made ?? { user: { id: '', username: '' } };
    const profile = await row(user.id);
    const words = `Test ${profile.profile?.lastName}`;
    for (const as of [admin, made?.accessToken ?? '']) {
      for (const asked of [words, user.username]) {
        expect(await world.ask('profile.search', { words: asked }, { as })).toMatchObject({ items: [] });
      }
      expect(await world.ask('profile.find', { username: user.username }, { as })).toMatchObject({ items: [] });
      expect(await world.ask('profile.find', { userIds: [user.id] }, { as })).toMatchObject({
        items: [{ id: user.id }],
      });
    }
  });

  test('has no address that anything is sent to, though it counts as proved', async () => {
    const [made] = await make({ count: 1 });
    const person = await world.register('reachable');
    await world.database.user.update({ where: { id: person.user.id }, data: { emailVerified: true } });
    const reached = await mailAddressesOf(world.database, [made?.user.id ?? '', person.user.id]);
    expect([...reached.keys()]).toEqual([person.user.id]);
    await world.settle();
    expect(world.letters.filter(({ to }) => to.startsWith(made?.user.username ?? '?'))).toEqual([]);
    expect(codeOf(await world.call('verification.start', { kind: 'EMAIL' }, { as: made?.accessToken ?? '' }))).toBe(
      'CONFLICT',
    );
  });
});

describe('signing in', () => {
  const asked = (userIds: string[]) => world.call('testAccount.signIn', { userIds }, { as: admin });

  test('opens a session for each, in the order of the ids', async () => {
    const ids = (await make({ count: 3 })).map(({ user }) => user.id).reverse();
    const { items } = await world.ask<{ items: Pair[] }>('testAccount.signIn', { userIds: ids }, { as: admin });
    expect(items.map(({ user }) => user.id)).toEqual(ids);
    for (const { accessToken, user } of items) {
      expect(await world.tokens.verify(accessToken)).toMatchObject({ actor: { userId: user.id, role: 'USER' } });
    }
    expect(await world.database.session.count({ where: { userId: { in: ids } } })).toBe(6);
  });

  test('opens none when one of the ids is a person’s, unknown, suspended or closed', async () => {
    const [first, second, third] = (await make({ count: 3 })).map(({ user }) => user.id);
    const person = await world.register('bystander');
    await world.database.user.update({ where: { id: second ?? '' }, data: { status: 'SUSPENDED' } });
    await world.database.user.update({ where: { id: third ?? '' }, data: { status: 'DEACTIVATED' } });
    const before = await world.database.session.count();
    for (const other of [person.user.id, newId(), second ?? '', third ?? '']) {
      expect(codeOf(await asked([first ?? '', other]))).toBe('NOT_FOUND');
    }
    expect(await world.database.session.count()).toBe(before);
  });

  test('never leaves an account with more sessions than it may have', async () => {
    const [made] = await make({ count: 1 });
    const userId = made?.user.id ?? '';
    for (let time = 0; time < 51; time += 1) await asked([userId]);
    expect(await world.database.session.count({ where: { userId, revokedAt: null } })).toBe(50);
    const first = await world.database.session.findFirstOrThrow({ where: { userId }, orderBy: { id: 'asc' } });
    expect(first.revokedReason).toBe('CROWDED_OUT');
  });
});

test('the list goes through all of them, page by page', async () => {
  const made = (await make({ count: 5 })).map(({ user }) => user.id);
  const seen: string[] = [];
  let cursor: string | null | undefined;
  let total = 0;
  do {
    const input = { limit: 200, ...(cursor ? { cursor } : {}) };
    const page = await world.ask<{ items: { id: string }[]; nextCursor: string | null; total: number }>(
      'testAccount.list',
      input,
      { as: admin },
    );
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    total = page.total;
  } while (cursor);
  expect(seen).toEqual(expect.arrayContaining(made));
  expect([seen.length, new Set(seen).size]).toEqual([total, total]);
});
