import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdCredit } from '../../../../src/domains/payments/credit/hold.writes.ts';
import { reverseJournal } from '../../../../src/domains/payments/ledger/journals/reversal.steps.ts';
import { journalTopUp } from '../../../../src/domains/payments/ledger/journals/wallet.steps.ts';
import { verifyBooks } from '../../../../src/domains/payments/ledger/verify/verify-books.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { SHORT_LIVED } from '../../../support/short-lived.ts';
import { type Books, openBooks } from '../support/books.ts';

const at = new Date('2026-11-22T10:00:00Z');
let books: Books;
let journalId: string;
let reversalId: string;

beforeAll(async () => {
  books = await openBooks({ people: 3 });
  const [ann = '', bob = ''] = books.people;
  for (const userId of [ann, bob]) {
    for (let round = 0; round < 4; round += 1) {
      const topUp = { paymentId: newId(), userId, amountMinor: 100n, currency: 'BDT', at };
      ({ journalId } = await books.inTx((tx) => journalTopUp(tx, topUp)));
    }
  }
  const undo = { journalId, description: 'A mistake', createdById: ann, at };
  reversalId = (await books.inTx((tx) => reverseJournal(tx, undo))).journalId;
  await books.inTx((tx) => holdCredit(tx, { userId: ann, currency: 'BDT', amountMinor: 30n, expiresAt: at }));
});
afterAll(() => books.close());

/** Small batches, so that pages have edges. */
const kindsOf = async (batch = 3): Promise<string[]> => {
  const { breaks } = await verifyBooks(books.database, { batch });
  return [...new Set(breaks.map(({ kind }) => kind))].sort();
};

/** Changes rows behind the back of every trigger, and looks. */
const planted = async (statement: string): Promise<string[]> => {
  const { sql } = books;
  await sql.query('BEGIN; SET LOCAL session_replication_role = replica;');
  await sql.query(statement);
  await sql.query('COMMIT');
  return kindsOf();
};

const restore = async (): Promise<void> => {
  await books.sql.query('BEGIN; SET LOCAL session_replication_role = replica;');
  await books.sql.query(`
    DELETE FROM ledger_entries; INSERT INTO ledger_entries SELECT * FROM good_entries;
    DELETE FROM ledger_accounts; INSERT INTO ledger_accounts SELECT * FROM good_accounts;
    DELETE FROM wallets; INSERT INTO wallets SELECT * FROM good_wallets;
    COMMIT`);
};

test('true books are found true, whatever the size of a batch', async () => {
  for (const batch of [1, 2, 3, 1_000]) {
    expect(await verifyBooks(books.database, { batch })).toEqual({
      journals: 9,
      accounts: 3,
      entries: 18,
      breaks: [],
      stoppedEarly: false,
    });
  }
});

test('every planted break is found by its name', async () => {
  await books.sql.query(`
    CREATE TABLE good_entries AS SELECT * FROM ledger_entries;
    CREATE TABLE good_accounts AS SELECT * FROM ledger_accounts;
    CREATE TABLE good_wallets AS SELECT * FROM wallets`);
  const [entry] = (await books.sql.query(`SELECT id FROM ledger_entries WHERE journal_id = '${journalId}'`)).rows;
  const purse = `(SELECT ledger_account_id FROM wallets WHERE user_id = '${books.people[0]}')`;
  const plants: [statement: string, kinds: string[]][] = [
    [`UPDATE ledger_accounts SET posted = posted + 1 WHERE id = ${purse}`, ['ACCOUNT_BALANCE']],
    [`UPDATE ledger_accounts SET version = version + 1 WHERE id = ${purse}`, ['ACCOUNT_VERSION']],
    [`UPDATE ledger_accounts SET pending_debit = 0 WHERE id = ${purse}`, ['PENDING_DEBIT']],
    [`UPDATE ledger_entries SET balance_after = balance_after + 1 WHERE id = '${entry.id}'`, ['BALANCE_AFTER']],
    [
      `UPDATE ledger_entries SET account_version = account_version + 100 WHERE account_id = ${purse} AND account_version = 4`,
      ['ACCOUNT_VERSION', 'VERSION_GAP'],
    ],
    [`UPDATE ledger_entries SET currency = 'EUR' WHERE id = '${entry.id}'`, ['ENTRY_CURRENCY', 'JOURNAL_UNBALANCED']],
    [
      `DELETE FROM ledger_entries WHERE account_id = ${purse} AND account_version = 4`,
      ['ACCOUNT_BALANCE', 'ACCOUNT_VERSION', 'JOURNAL_TOO_SHORT', 'JOURNAL_UNBALANCED'],
    ],
    [
      `UPDATE ledger_entries SET amount = amount * 2 WHERE journal_id = '${reversalId}'`,
      ['ACCOUNT_BALANCE', 'BALANCE_AFTER', 'REVERSAL_NOT_OPPOSITE'],
    ],
    [
      `UPDATE ledger_entries SET amount = -500, balance_after = -500 WHERE account_id = ${purse} AND account_version = 1`,
      ['ACCOUNT_BALANCE', 'BALANCE_AFTER', 'BELOW_ZERO', 'JOURNAL_UNBALANCED'],
    ],
    [`UPDATE wallets SET currency = 'EUR' WHERE ledger_account_id = ${purse}`, ['WALLET_ACCOUNT']],
  ];
  for (const [statement, kinds] of plants) {
    expect([statement, await planted(statement)]).toEqual([statement, kinds]);
    await restore();
  }
  expect(await kindsOf()).toEqual([]);
});

test('it stops at as many breaks as were asked for, and says so', async () => {
  await planted('UPDATE ledger_entries SET balance_after = balance_after + 1');
  const { breaks, stoppedEarly } = await verifyBooks(books.database, { batch: 2, maxBreaks: 5 });
  expect([breaks.length, stoppedEarly]).toEqual([5, true]);
  await restore();
});

test('npm run ledger:verify says so, and exits with 1 when anything is wrong', async () => {
  const run = (): Promise<{ code: number; output: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, DATABASE_URL: books.databaseUrl };
      execFile(process.execPath, [...SHORT_LIVED, 'dist/ledger-verify.js'], { env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
      );
    });
  expect(await run()).toEqual({
    code: 0,
    output: expect.stringContaining('9 journals with 18 entries on 3 accounts add up'),
  });
  await planted(`UPDATE ledger_accounts SET posted = posted + 1 WHERE kind = 'PSP_CLEARING' AND version > 0`);
  expect(await run()).toEqual({ code: 1, output: expect.stringContaining('ACCOUNT_BALANCE') });
  await restore();
}, 60_000);
