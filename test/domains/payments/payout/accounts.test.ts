import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPayoutWorld, type PayoutWorld } from './world.ts';

interface View {
  id: string;
  status: string;
  lastFour: string;
  isDefault: boolean;
}

let world: PayoutWorld;
let [ann, bob, eve]: string[] = [];
beforeAll(async () => {
  world = await openPayoutWorld({ people: 4 });
  [ann, bob, eve] = world.books.people;
});
afterAll(() => world.books.close());

const bank = (accountNumber: string) => ({
  currency: 'BDT',
  country: 'BD',
  holderName: 'Ann Secretname',
  details: { kind: 'BANK_ACCOUNT', accountNumber, routingNumber: '090 123', branch: 'Gulshan' },
});
const add = (userId: string | undefined, number: string) =>
  world.ask<View>(userId ?? '', 'payoutAccount.add', bank(number));

test('what was given is shown to nobody and lies nowhere in the clear', async () => {
  const shown = await add(ann, '1234-5678-9012');
  expect(shown).toMatchObject({ status: 'UNVERIFIED', lastFour: '9012', isDefault: true });
  const listed = await world.ask(ann ?? '', 'payoutAccount.list');
  const { rows } = await world.books.sql.query('SELECT * FROM payout_accounts');
  const everything = JSON.stringify([shown, listed, rows, world.audited]);
  for (const secret of ['12345678', '1234-5678', 'Secretname', 'Gulshan']) expect(everything).not.toContain(secret);
  const { details } = await world.books.database.payoutAccount.findUniqueOrThrow({ where: { id: shown.id } });
  const place = { table: 'payout_accounts', column: 'details', rowId: shown.id };
  expect(await world.subjectKeys.decryptFor(world.books.database, ann ?? '', place, details)).toContain(
    '1234-5678-9012',
  );
});

test('one account that several people give is found, however it is typed', async () => {
  expect(await world.refusal(ann ?? '', 'payoutAccount.add', bank('1234 5678 9012'))).toBe('CONFLICT');
  const { id, status } = await add(bob, '123456789012');
  expect(status).toBe('PENDING');
  const found = await world.books.database.suspiciousActivity.findFirstOrThrow({ where: { userId: bob ?? '' } });
  expect([found.kind, JSON.stringify(found.details)]).toEqual(['MULTIPLE_ACCOUNTS', expect.stringContaining(id)]);
  expect(JSON.stringify(found.details)).not.toContain('9012');
});

test('there is one default in a currency, and none that is out of use', async () => {
  const [first, second] = [await add(eve, '111122223333'), await add(eve, '444455556666')];
  expect([first.isDefault, second.isDefault]).toEqual([true, false]);
  await world.ask(eve ?? '', 'payoutAccount.setDefault', { payoutAccountId: second.id });
  await world.ask(eve ?? '', 'payoutAccount.disable', { payoutAccountId: second.id });
  expect(await world.refusal(eve ?? '', 'payoutAccount.setDefault', { payoutAccountId: second.id })).toBe('NOT_FOUND');
  const { items } = await world.ask<{ items: View[] }>(eve ?? '', 'payoutAccount.list');
  expect(items.map(({ id, isDefault }) => [id, isDefault])).toEqual([[first.id, false]]);
});

test('accounts of others do not exist, and nobody verifies their own', async () => {
  const { id: payoutAccountId } = await add(eve, '777788889999');
  expect(await world.refusal(ann ?? '', 'payoutAccount.setDefault', { payoutAccountId })).toBe('NOT_FOUND');
  expect(await world.refusal(ann ?? '', 'payoutAccount.disable', { payoutAccountId })).toBe('NOT_FOUND');
  expect(await world.refusal(ann ?? '', 'payoutAccount.list', { userId: eve ?? '' })).toBe('FORBIDDEN');
  const verdict = { payoutAccountId, outcome: 'VERIFIED' };
  expect(await world.refusal(eve ?? '', 'payoutAccount.verify', verdict)).toBe('FORBIDDEN');
});
