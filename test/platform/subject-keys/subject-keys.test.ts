import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { createSealing } from '../../../src/platform/sealing.ts';
import { createSubjectKeys } from '../../../src/platform/subject-keys/subject-keys.ts';
import { type KeysWorld, openKeysWorld } from './keys-world.ts';

let world: KeysWorld;
beforeAll(async () => {
  world = await openKeysWorld();
});
afterAll(() => world.close());

const place = () => ({ table: 'users', column: 'phone', rowId: newId() });

test('what is encrypted for a person opens in its place, for them, and nowhere else', async () => {
  const { database, keys } = world;
  const [ada = '', ben = ''] = await world.addUsers(2);
  const here = place();
  const text = await keys.encryptFor(database, ada, here, '+8801712345678');
  expect(text).not.toContain('1712345678');
  expect(await keys.decryptFor(database, ada, here, text)).toBe('+8801712345678');
  expect(await keys.encryptFor(database, ada, here, '+8801712345678')).not.toBe(text);
  await expect(keys.decryptFor(database, ada, { ...here, rowId: newId() }, text)).rejects.toThrow();
  await expect(keys.decryptFor(database, ada, { ...here, column: 'email' }, text)).rejects.toThrow();
  await expect(keys.decryptFor(database, ben, here, text)).rejects.toThrow('somebody else');
  const last = text.at(-2) === 'A' ? 'B' : 'A';
  await expect(keys.decryptFor(database, ada, here, `${text.slice(0, -2)}${last}${text.slice(-1)}`)).rejects.toThrow();
});

test('many first uses at once make one key', async () => {
  const { database, keys } = world;
  const [user = ''] = await world.addUsers(1);
  const texts = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      database.$transaction((tx) => keys.encryptFor(tx, user, { ...place(), rowId: String(n) }, `text ${n}`)),
    ),
  );
  expect(await database.subjectKey.count({ where: { userId: user } })).toBe(1);
  for (const [n, text] of texts.entries()) {
    expect(await keys.decryptFor(database, user, { ...place(), rowId: String(n) }, text)).toBe(`text ${n}`);
  }
});

test('a key whose transaction was rolled back is never used again', async () => {
  const { database, keys } = world;
  const [user = ''] = await world.addUsers(1);
  const failing = database.$transaction(async (tx) => {
    await keys.keysOf(tx, [user]);
    await keys.encryptFor(tx, user, place(), 'gone');
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  const here = place();
  const text = await keys.encryptFor(database, user, here, 'kept');
  expect(await world.otherProcess().decryptFor(database, user, here, text)).toBe('kept');
  const key = (await keys.keysOf(database, [user])).get(user);
  expect(key).toMatchObject({ id: text.slice(0, 36) });
});

test('after erasure nothing opens, and nothing new is encrypted', async () => {
  const { database, keys } = world;
  const [user = '', unused = ''] = await world.addUsers(2);
  const here = place();
  const text = await keys.encryptFor(database, user, here, 'secret');
  for (const id of [user, unused]) await database.$transaction((tx) => keys.eraseSubject(tx, id));
  expect(await world.otherProcess().decryptFor(database, user, here, text)).toBeNull();
  for (const id of [user, unused]) {
    await expect(keys.encryptFor(database, id, here, 'again')).rejects.toMatchObject({ code: 'GONE' });
    expect((await keys.keysOf(database, [id])).get(id)).toBe('erased');
  }
  await expect(keys.encryptFor(database, newId(), here, 'nobody')).rejects.toMatchObject({ code: 'GONE' });
});

test('after erasure no keyed hash is left to confirm a guess, and the number is free for whoever has it next', async () => {
  const { database, keys } = world;
  const [ada = '', ben = ''] = await world.addUsers(2);
  const phone = '+8801799999999';
  const give = async (user: string): Promise<void> => {
    const sealed = await keys.encryptFor(database, user, { ...place(), rowId: user }, phone);
    const data = { phone: sealed, phoneHash: keys.blindIndex('users.phone_hash', phone) };
    await database.user.update({ where: { id: user }, data });
  };
  const addAccount = (userId: string) =>
    database.payoutAccount.create({
      data: {
        ...{ userId, kind: 'BKASH', currency: 'BDT', country: 'BD', holderName: 'x', details: 'x', lastFour: '9999' },
        detailsHash: keys.blindIndex('payout_accounts.details_hash', `BKASH ${phone}`),
      },
    });
  const addDocument = (userId: string) =>
    database.verification.create({
      data: {
        ...{ userId, kind: 'IDENTITY', method: 'DOCUMENT', documentNumber: 'x', documentKind: 'PASSPORT' },
        documentNumberHash: keys.blindIndex('verifications.document_number_hash', 'AB1'),
      },
    });
  await give(ada);
  for (const user of [ada, ben]) await Promise.all([addAccount(user), addDocument(user)]);
  await expect(give(ben)).rejects.toThrow();
  await database.$transaction((tx) => keys.eraseSubject(tx, ada));
  await give(ben);
  expect(await database.user.findUnique({ where: { id: ada } })).toMatchObject({ phone: null, phoneHash: null });
  const byAccount = { detailsHash: { in: keys.blindIndexes('payout_accounts.details_hash', `BKASH ${phone}`) } };
  expect(await database.payoutAccount.findMany({ where: byAccount })).toMatchObject([{ userId: ben }]);
  const byDocument = { documentNumberHash: { in: keys.blindIndexes('verifications.document_number_hash', 'AB1') } };
  expect(await database.verification.findMany({ where: byDocument })).toMatchObject([{ userId: ben }]);
  const { detailsHash } = await database.payoutAccount.findFirstOrThrow({ where: { userId: ada } });
  expect(detailsHash).toBe('');
});

test('an erasure waits for those who are encrypting, and comes before those who begin later', async () => {
  const { database, keys } = world;
  const [user = ''] = await world.addUsers(1);
  await keys.encryptFor(database, user, place(), 'first');
  const order: string[] = [];
  let encrypted = (): void => {};
  const isEncrypted = new Promise<void>((resolve) => {
    encrypted = resolve;
  });
  const encrypting = database.$transaction(async (tx) => {
    await keys.encryptFor(tx, user, place(), 'second');
    encrypted();
    // Long enough for the erasure to reach the lock; the order is asserted, not the time.
    await tx.$queryRaw`SELECT 1 FROM pg_sleep(0.2)`;
    order.push('encrypted');
  });
  await isEncrypted;
  await database.$transaction((tx) => keys.eraseSubject(tx, user));
  order.push('erased');
  await encrypting;
  expect(order).toEqual(['encrypted', 'erased']);
});

test('a wrapped key opens for its own person only, and not without the platform’s key', async () => {
  const { database, keys, sql } = world;
  const [ada = '', ben = ''] = await world.addUsers(2);
  const here = place();
  await keys.encryptFor(database, ada, here, 'a');
  const text = await keys.encryptFor(database, ben, here, 'b');
  await sql.query(
    'UPDATE subject_keys SET wrapped_key = (SELECT wrapped_key FROM subject_keys WHERE user_id = $1) WHERE user_id = $2',
    [ada, ben],
  );
  await expect(world.otherProcess().decryptFor(database, ben, here, text)).rejects.toThrow();
  const stranger = randomBytes(32).toString('base64');
  const strange = createSubjectKeys(stranger, createSealing(stranger));
  await expect(strange.decryptFor(database, ben, here, text)).rejects.toThrow('ENCRYPTION_KEY does not hold');
});

test('a blind index is one per column and value, and is looked for under every known key', () => {
  const [older, newer] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  const before = createSubjectKeys(older, createSealing(older));
  const during = createSubjectKeys(`${newer},${older}`, createSealing(`${newer},${older}`));
  const stored = before.blindIndex('users.phone_hash', '+8801712345678');
  expect(before.blindIndex('users.phone_hash', '+8801712345678')).toBe(stored);
  expect(before.blindIndex('users.phone_hash', '+8801712345679')).not.toBe(stored);
  expect(before.blindIndex('payout_accounts.details_hash', '+8801712345678')).not.toBe(stored);
  expect(during.blindIndex('users.phone_hash', '+8801712345678')).not.toBe(stored);
  expect(during.blindIndexes('users.phone_hash', '+8801712345678')).toContain(stored);
});
