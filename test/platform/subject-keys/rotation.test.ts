import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { createSealing } from '../../../src/platform/sealing.ts';
import { reencryptFields } from '../../../src/platform/subject-keys/reencrypt.ts';
import { renewKeys, rewrapKeys } from '../../../src/platform/subject-keys/rewrap.ts';
import { contextOf, type SubjectKeys } from '../../../src/platform/subject-keys/subject-keys.ts';
import { SHORT_LIVED } from '../../support/short-lived.ts';
import { eventually } from '../../workers/world.ts';
import { type KeysWorld, openKeysWorld } from './keys-world.ts';

let world: KeysWorld;
beforeEach(async () => {
  world = await openKeysWorld();
});
afterEach(() => world.close());

const phonePlace = (userId: string) => ({ table: 'users', column: 'phone', rowId: userId });
const phoneOf = (n: number): string => `+88017${String(n).padStart(8, '0')}`;

const setPhone = async (keys: SubjectKeys, userId: string, phone: string): Promise<void> => {
  await world.database.$transaction(async (tx) => {
    const data = {
      phone: await keys.encryptFor(tx, userId, phonePlace(userId), phone),
      phoneHash: keys.blindIndex('users.phone_hash', phone),
    };
    await tx.user.update({ where: { id: userId }, data, select: { id: true } });
  });
};

const readPhone = async (keys: SubjectKeys, userId: string): Promise<string | null> => {
  const { phone } = await world.database.user.findUniqueOrThrow({ where: { id: userId }, select: { phone: true } });
  return phone === null ? null : keys.decryptFor(world.database, userId, phonePlace(userId), phone);
};

const addWebhook = async (userId: string, secret: string): Promise<string> => {
  const id = newId();
  const sealed = world.sealing.seal(secret, contextOf({ table: 'webhooks', column: 'secret', rowId: id }));
  await world.database.webhook.create({ data: { id, userId, url: `https://example.org/${id}`, secret: sealed } });
  return id;
};

const rotate = async (encryptionKey: string, renew: boolean) => {
  const { database } = world;
  const sealing = createSealing(encryptionKey);
  await rewrapKeys(database, sealing, () => {});
  if (renew) await renewKeys(database, sealing, { madeBefore: new Date(), onProgress: () => {} });
  return reencryptFields({ database, sealing, subjectKeys: world.otherProcess(encryptionKey), onProgress: () => {} });
};

test.each([false, true])('after a rotation the old key is needed no more (new data keys: %s)', async (renew) => {
  const users = await world.addUsers(20);
  for (const [n, user] of users.entries()) await setPhone(world.keys, user, phoneOf(n));
  const webhook = await addWebhook(users[0] ?? '', 'whsec');
  const newer = randomBytes(32).toString('base64');
  const { replaced, left } = await rotate(`${newer},${world.encryptionKey}`, renew);
  expect({ replaced, left }).toEqual({ replaced: 21, left: 0 });
  const alone = world.otherProcess(newer);
  for (const [n, user] of users.entries()) expect(await readPhone(alone, user)).toBe(phoneOf(n));
  const found = await world.database.user.findFirst({
    where: { phoneHash: alone.blindIndex('users.phone_hash', phoneOf(7)) },
  });
  expect(found?.id).toBe(users[7]);
  const { secret } = await world.database.webhook.findUniqueOrThrow({ where: { id: webhook } });
  expect(createSealing(newer).open(secret, contextOf({ table: 'webhooks', column: 'secret', rowId: webhook }))).toBe(
    'whsec',
  );
  expect(await rotate(newer, false)).toEqual({ replaced: 0, left: 0 });
});

test('a rotation under readers and writers loses nothing', async () => {
  const users = await world.addUsers(30);
  const latest = new Map<string, string>();
  let next = 0;
  const write = async (keys: SubjectKeys, user: string): Promise<void> => {
    const phone = phoneOf(next);
    next += 1;
    await setPhone(keys, user, phone);
    latest.set(user, phone);
  };
  for (const user of users) await write(world.keys, user);
  const newer = randomBytes(32).toString('base64');
  // As deployed: first every process learns the new key behind the old one, then it seals with it.
  const older = world.otherProcess(`${world.encryptionKey},${newer}`);
  const younger = world.otherProcess(`${newer},${world.encryptionKey}`);
  let isRotating = true;
  const lane = async (keys: SubjectKeys, from: number): Promise<number> => {
    let calls = 0;
    for (let n = from; isRotating; n += 3) {
      const user = users[n % users.length] ?? '';
      expect(await readPhone(keys, user)).toMatch(/^\+88017/);
      // Each lane has people of its own, so that it knows what was written last.
      await write(keys, user);
      calls += 1;
    }
    return calls;
  };
  const lanes = [lane(older, 0), lane(younger, 1), lane(younger, 2)];
  for (let turn = 0; turn < 3; turn += 1) await rotate(`${newer},${world.encryptionKey}`, true);
  isRotating = false;
  const calls = await Promise.all(lanes);
  expect(Math.min(...calls)).toBeGreaterThan(3);
  const { left } = await rotate(`${newer},${world.encryptionKey}`, false);
  expect(left).toBe(0);
  for (const user of users) expect(await readPhone(world.otherProcess(newer), user)).toBe(latest.get(user));
}, 60_000);

test('a rotation that is killed is completed by the next', async () => {
  const users = await world.addUsers(400);
  for (const [n, user] of users.entries()) await setPhone(world.keys, user, phoneOf(n));
  const newer = randomBytes(32).toString('base64');
  const keys = `${newer},${world.encryptionKey}`;
  const rotation = fork('dist/keys-rotate.js', ['--renew-older-than', '0'], {
    execArgv: SHORT_LIVED,
    env: { ...process.env, DATABASE_URL: world.databaseUrl, ENCRYPTION_KEY: keys },
    stdio: 'ignore',
  });
  const gone = once(rotation, 'exit');
  const renewed = async () => world.database.subjectKey.count({ where: { status: 'ROTATED' } });
  await eventually(async () => (await renewed()) > 20, 30_000);
  rotation.kill('SIGKILL');
  await gone;
  expect(await renewed()).toBeLessThan(users.length);
  // In between, whoever knows both keys reads everything.
  const between = world.otherProcess(keys);
  for (const [n, user] of users.entries()) expect(await readPhone(between, user)).toBe(phoneOf(n));
  expect((await rotate(keys, true)).left).toBe(0);
  const alone = world.otherProcess(newer);
  for (const [n, user] of users.entries()) expect(await readPhone(alone, user)).toBe(phoneOf(n));
}, 120_000);

const accountPlace = (rowId: string, column: string) => ({ table: 'payout_accounts', column, rowId });

const addAccount = async (userId: string): Promise<string> => {
  const id = newId();
  const seal = (column: string, text: string) =>
    world.keys.encryptFor(world.database, userId, accountPlace(id, column), text);
  const details = await seal('details', 'BKASH 017\n{"kind":"BKASH"}');
  const holderName = await seal('holder_name', 'Ada');
  const detailsHash = world.keys.blindIndex('payout_accounts.details_hash', 'BKASH 017');
  await world.database.payoutAccount.create({
    data: { id, userId, kind: 'BKASH', country: 'BD', holderName, details, detailsHash },
  });
  return id;
};

test('an index made of the first line of a longer text is made anew', async () => {
  const [user = ''] = await world.addUsers(1);
  const id = await addAccount(user);
  const newer = randomBytes(32).toString('base64');
  expect(await rotate(`${newer},${world.encryptionKey}`, false)).toEqual({ replaced: 1, left: 0 });
  const row = await world.database.payoutAccount.findUniqueOrThrow({ where: { id } });
  const alone = world.otherProcess(newer);
  expect(row.detailsHash).toBe(alone.blindIndex('payout_accounts.details_hash', 'BKASH 017'));
  expect(await alone.decryptFor(world.database, user, accountPlace(id, 'details'), row.details)).toContain(
    '{"kind":"BKASH"}',
  );
});

test('two accounts with one number during a change of keys are told, and both stay readable', async () => {
  const [ada = '', ben = ''] = await world.addUsers(2);
  await setPhone(world.keys, ada, phoneOf(1));
  const newer = randomBytes(32).toString('base64');
  const keys = `${newer},${world.encryptionKey}`;
  await setPhone(world.otherProcess(keys), ben, phoneOf(1));
  expect(await rotate(keys, false)).toMatchObject({ left: 1 });
  for (const user of [ada, ben]) expect(await readPhone(world.otherProcess(keys), user)).toBe(phoneOf(1));
});

test('what belongs to an erased person stays as unreadable as it is', async () => {
  const [user = ''] = await world.addUsers(1);
  const id = await addAccount(user);
  await world.database.$transaction((tx) => world.keys.eraseSubject(tx, user));
  const keys = `${randomBytes(32).toString('base64')},${world.encryptionKey}`;
  expect(await rotate(keys, true)).toEqual({ replaced: 0, left: 0 });
  const row = await world.database.payoutAccount.findUniqueOrThrow({ where: { id } });
  const read = world.otherProcess(keys).decryptFor(world.database, user, accountPlace(id, 'details'), row.details);
  expect(await read).toBeNull();
  expect(row.detailsHash).toBe('');
});
