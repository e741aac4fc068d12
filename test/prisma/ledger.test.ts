import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as the from './small-world.ts';
import { id, journal } from './small-world.ts';

const SPENDERS = 8;
const SPENDS = 200;

let sql: pg.Client;
let spenders: pg.Client[];
let nextJournal = 1000;

const connectBeside = async (): Promise<pg.Client> => {
  const { host, port, user = '', password, database = '' } = sql;
  const client = new pg.Client({ host, port, user, password: String(password), database });
  await client.connect();
  return client;
};

beforeAll(async () => {
  sql = await the.openSmallWorld();
  spenders = await Promise.all(Array.from({ length: SPENDERS }, connectBeside));
});

afterAll(async () => {
  await Promise.all([sql, ...spenders].map((client) => client.end()));
});

/** What holds after every committed journal, whoever wrote it. */
afterEach(async () => {
  const { rows: unbalanced } = await sql.query(
    'SELECT journal_id, currency FROM ledger_entries GROUP BY 1, 2 HAVING sum(amount) <> 0',
  );
  expect(unbalanced).toEqual([]);
  const { rows: wrong } = await sql.query(
    `SELECT account_id FROM (
       SELECT account_id, account_version, balance_after, row_number() OVER history AS expected_version,
         sum(amount) OVER history AS expected_balance
       FROM ledger_entries WINDOW history AS (PARTITION BY account_id ORDER BY account_version)
     ) AS entry WHERE account_version <> expected_version OR balance_after <> expected_balance`,
  );
  expect(wrong).toEqual([]);
  const { rows: drifted } = await sql.query(
    `SELECT id FROM ledger_accounts AS account WHERE (posted, version) <>
       (SELECT coalesce(sum(amount), 0)::bigint, count(*) FROM ledger_entries WHERE account_id = account.id)`,
  );
  expect(drifted).toEqual([]);
});

const post = (client: pg.Client, entries: [string, number][]): Promise<string | null> => {
  nextJournal += 1;
  return the.refusalOf(client, journal(nextJournal, entries));
};

const postedOf = async (account: string): Promise<number> =>
  Number((await sql.query('SELECT posted FROM ledger_accounts WHERE id = $1', [account])).rows[0].posted);

test('of 200 spends of one unit at once from a wallet of 100, exactly 100 succeed', async () => {
  expect(
    await post(sql, [
      [the.clearing, -100],
      [the.purse, 100],
    ]),
  ).toBeNull();
  const spendAll = async (client: pg.Client): Promise<(string | null)[]> => {
    const outcomes = [];
    for (let spent = 0; spent < SPENDS / SPENDERS; spent += 1)
      outcomes.push(
        await post(client, [
          [the.purse, -1],
          [the.earnings, 1],
        ]),
      );
    return outcomes;
  };
  const outcomes = (await Promise.all(spenders.map(spendAll))).flat();
  expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(100);
  expect(outcomes.filter((outcome) => outcome === 'ledger_accounts_not_negative')).toHaveLength(100);
  expect(await postedOf(the.purse)).toBe(0);
});

const ACCOUNTS = [the.clearing, the.earnings, the.purse];
const anyEntries = fc.array(fc.tuple(fc.constantFrom(...ACCOUNTS), fc.integer({ min: -50, max: 50 })), {
  minLength: 1,
  maxLength: 5,
});

test('whatever is posted, only balanced journals stay, and no person owes', async () => {
  await fc.assert(
    fc.asyncProperty(anyEntries, fc.boolean(), async (entries, isBalanced) => {
      const rest = entries.reduce((sum, [, amount]) => sum - amount, 0);
      const all: [string, number][] = isBalanced ? [...entries, [the.clearing, rest]] : entries;
      const refusal = await post(sql, all);
      const isRight =
        all.length >= 2 &&
        all.every(([, amount]) => amount !== 0) &&
        all.reduce((sum, [, amount]) => sum + amount, 0) === 0;
      if (isRight) expect([null, 'ledger_accounts_not_negative']).toContain(refusal);
      else expect(refusal).not.toBeNull();
      for (const person of [the.earnings, the.purse]) expect(await postedOf(person)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 60 },
  );
});

test('a hold sets money aside, and posting it takes it once', async () => {
  await post(sql, [
    [the.clearing, -80],
    [the.purse, 80],
  ]);
  const setAside = await postedOf(the.purse);
  const held = `INSERT INTO wallet_holds (id, wallet_id, amount, expires_at) VALUES ('${id(500)}', '${the.wallet}', ${setAside}, now())`;
  expect(await the.refusalOf(sql, held)).toBeNull();
  expect(
    await post(sql, [
      [the.purse, -1],
      [the.clearing, 1],
    ]),
  ).toBe('ledger_accounts_not_negative');
  const taken = journal(999, [
    [the.purse, -setAside],
    [the.earnings, setAside],
  ]).replace(
    'INSERT INTO ledger_entries',
    `UPDATE wallet_holds SET state = 'POSTED', posted_amount = amount, journal_id = '${id(999)}' WHERE id = '${id(500)}';
     INSERT INTO ledger_entries`,
  );
  expect(await the.refusalOf(sql, taken)).toBeNull();
  const { rows } = await sql.query('SELECT posted, pending_debit FROM ledger_accounts WHERE id = $1', [the.purse]);
  expect(rows).toEqual([{ posted: '0', pending_debit: '0' }]);
});

test('a journal is taken back once', async () => {
  await post(sql, [
    [the.clearing, -10],
    [the.earnings, 10],
  ]);
  const original = id(nextJournal);
  const reverse = (number: number): string =>
    journal(number, [
      [the.earnings, -10],
      [the.clearing, 10],
    ])
      .replace('source_id, kind)', 'source_id, kind, reverses_id)')
      .replace(`'ADJUSTMENT')`, `'REVERSAL', '${original}')`);
  expect(await the.refusalOf(sql, reverse(2000))).toBeNull();
  expect(await the.refusalOf(sql, reverse(2001))).toBe('transactions_reverses_id_key');
});
