import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expireHolds, holdCredit, voidHold } from '../../../../src/domains/payments/credit/hold.writes.ts';
import { spendFromWallet } from '../../../../src/domains/payments/credit/spend.writes.ts';
import { journalTopUp } from '../../../../src/domains/payments/ledger/journals/wallet.steps.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Books, openBooks, refusalOf } from '../support/books.ts';
import { spendHeld } from '../support/held.ts';
import { expectTrueBooks } from '../support/invariants.ts';

const at = new Date('2026-11-22T10:00:00Z');
const currency = 'BDT';
const SPENDS = 200;
const CREDIT = 100n;

let books: Books;
let hostId: string;
/** A guest of its own for every test. */
let userId: string;
let next = 1;

beforeAll(async () => {
  books = await openBooks({ people: 20, poolSize: 12 });
  hostId = books.people[0] ?? '';
});
afterAll(() => books.close());
afterEach(() => expectTrueBooks(books.sql));

const fill = async (amountMinor: bigint): Promise<void> => {
  userId = books.people[next++] ?? '';
  await books.inTx((tx) => journalTopUp(tx, { paymentId: newId(), userId, amountMinor, currency, at }));
};

const spend = (amountMinor: bigint, paymentId = newId()) =>
  books.inTx((tx) =>
    spendFromWallet(tx, { paymentId, userId, hostId, amountMinor, commissionMinor: 0n, taxMinor: 0n, currency, at }),
  );

const hold = (amountMinor: bigint, expiresAt = at) =>
  books.inTx((tx) => holdCredit(tx, { userId, currency, amountMinor, expiresAt }));

const credit = () => books.balance('ATTENDEE_WALLET', userId);

test('of 200 spends of one unit at once from a wallet of 100, exactly 100 succeed', async () => {
  await fill(CREDIT);
  const outcomes = await Promise.allSettled(Array.from({ length: SPENDS }, () => spend(1n)));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(outcomes.length - refused.length).toBe(Number(CREDIT));
  expect(new Set(refused.map(({ reason }) => reason.message))).toEqual(
    new Set(['There is not enough credit in this wallet.']),
  );
  expect(await credit()).toBe(0n);
  expect(await books.balance('HOST_PENDING', hostId)).toBe(CREDIT);
  const counted = 'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()';
  expect((await books.sql.query(counted)).rows[0].deadlocks).toBe(0);
}, 60_000);

test('a payment spends once, however often it is repeated', async () => {
  await fill(50n);
  const paymentId = newId();
  const spent = await Promise.all([1, 2, 3, 4].map(() => spend(20n, paymentId)));
  expect(new Set(spent.map(({ journalId }) => journalId)).size).toBe(1);
  expect(await credit()).toBe(30n);
});

test('what is set aside cannot be spent, and is free again when the hold ends', async () => {
  await fill(50n);
  const holdId = await hold(40n);
  expect(await refusalOf(spend(11n))).toMatch(/not enough credit/);
  expect(await refusalOf(hold(11n))).toMatch(/not enough credit/);
  await spend(10n);
  expect(await books.inTx((tx) => voidHold(tx, holdId))).toBe(true);
  expect(await books.inTx((tx) => voidHold(tx, holdId))).toBe(false);
  expect(await refusalOf(books.inTx((tx) => spendHeld(tx, { holdId, hostId, at })))).toMatch(/not set aside any more/);
  await spend(40n);
  expect(await credit()).toBe(0n);
});

test('a hold ends once: taken, voided or expired, whoever comes first', async () => {
  for (let round = 0; round < 8; round += 1) {
    await fill(50n);
    const holdId = await hold(50n, new Date(at.getTime() - 1));
    const outcomes = await Promise.allSettled([
      books.inTx((tx) => spendHeld(tx, { holdId, hostId, at })).then(() => 'taken'),
      books.inTx((tx) => voidHold(tx, holdId)).then((ended) => ended && 'voided'),
      books.inTx((tx) => expireHolds(tx, at, 10)).then((ended) => ended > 0 && 'expired'),
    ]);
    const endings = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' && outcome.value) || []);
    expect(endings).toHaveLength(1);
    expect(await credit()).toBe(endings[0] === 'taken' ? 0n : 50n);
  }
});

test('held credit that is spent twice leaves once', async () => {
  await fill(50n);
  const holdId = await hold(30n);
  const posted = await Promise.all([1, 2, 3].map(() => books.inTx((tx) => spendHeld(tx, { holdId, hostId, at }))));
  expect(new Set(posted.map(({ journalId }) => journalId)).size).toBe(1);
  expect(await credit()).toBe(20n);
});

test('a frozen wallet pays nothing, and one with a limit no more than that in 24 hours', async () => {
  await fill(100n);
  await hold(1n);
  const where = { userId_currency: { userId, currency } };
  await books.database.wallet.update({ where, data: { status: 'FROZEN' } });
  expect(await refusalOf(spend(1n))).toMatch(/not in use/);
  await books.database.wallet.update({ where, data: { status: 'ACTIVE', dailySpendLimit: 30n } });
  const spends = await Promise.allSettled([spend(20n), spend(20n)]);
  expect(spends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await refusalOf(spend(11n))).toMatch(/24 hours/);
  await spend(10n);
});
