import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Account, entries, statement } from '../../../../src/domains/payments/ledger/contract.ts';
import { journalCapture } from '../../../../src/domains/payments/ledger/journals/capture.steps.ts';
import { journalRelease } from '../../../../src/domains/payments/ledger/journals/release.steps.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Asking, actorOf, askBooks } from '../support/ask.ts';
import { type Books, openBooks, paidPayment } from '../support/books.ts';

const at = new Date('2026-11-22T10:00:00Z');
const currency = 'BDT';
const DAY_MS = 24 * 60 * 60 * 1_000;

let books: Books;
let asking: Asking;
let hostId: string;
let guestId: string;
let accountId: string;

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
type AccountView = z.output<typeof Account>;
type Statement = z.output<typeof statement.output>;
type EntryView = z.output<typeof entries.output>['items'][number];

beforeAll(async () => {
  books = await openBooks({ people: 3 });
  asking = askBooks(books);
  [hostId = '', guestId = ''] = books.people;
  for (let round = 1n; round <= 5n; round += 1n) {
    const shares = { amountMinor: 100n * round, commissionMinor: 5n * round, taxMinor: 0n };
    const paymentId = await paidPayment(books, guestId, shares);
    await books.inTx((tx) => journalCapture(tx, { paymentId, hostId, currency, at, ...shares }));
    if (round !== 3n) continue;
    await books.inTx((tx) => journalRelease(tx, { hostId, currency, paymentId, at }));
  }
  const { items } = await asking.ask<Page<AccountView>>('ledger.accounts', {}, actorOf(hostId));
  accountId = items.find(({ kind }) => kind === 'HOST_PENDING')?.id ?? '';
});
afterAll(() => books.close());

test('a host sees what is pending and what is available', async () => {
  const { items } = await asking.ask<Page<AccountView>>('ledger.accounts', {}, actorOf(hostId));
  const byKind = Object.fromEntries(items.map(({ kind, balance }) => [kind, balance.amountMinor]));
  expect(byKind).toEqual({ HOST_PENDING: 1_140, HOST_AVAILABLE: 285, HOST_RECEIVABLE: 0 });
});

test('nobody sees the accounts of others but staff, who see the platform’s too', async () => {
  const stranger = actorOf(guestId);
  expect(await asking.refusal('ledger.accounts', { ownerId: hostId }, stranger)).toBe('FORBIDDEN');
  expect(await asking.refusal('ledger.accounts', { platform: true }, stranger)).toBe('FORBIDDEN');
  expect(await asking.refusal('ledger.entries', { accountId }, stranger)).toBe('NOT_FOUND');
  expect(
    await asking.refusal(
      'ledger.statement',
      { accountId, from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' },
      stranger,
    ),
  ).toBe('NOT_FOUND');
  const staff = actorOf(guestId, 'SUPPORT');
  const { items } = await asking.ask<Page<AccountView>>('ledger.accounts', { platform: true }, staff);
  expect(items.map(({ kind }) => kind).sort()).toEqual(['PLATFORM_COMMISSION', 'PSP_CLEARING']);
});

test('an account of the platform in parts is shown as one, whoever posted to which part', async () => {
  const staff = actorOf(guestId, 'SUPPORT');
  const clearing = async () => {
    const { items } = await asking.ask<Page<AccountView>>('ledger.accounts', { platform: true }, staff);
    return items.find(({ kind }) => kind === 'PSP_CLEARING');
  };
  const before = await clearing();
  const captures = Array.from({ length: 12 }, async () => {
    const shares = { amountMinor: 100n, commissionMinor: 5n, taxMinor: 0n };
    const paymentId = await paidPayment(books, guestId, shares);
    await books.inTx((tx) => journalCapture(tx, { paymentId, hostId: guestId, currency, at, ...shares }));
  });
  await Promise.all(captures);
  const after = await clearing();
  expect(after?.id).toBe(before?.id);
  expect((after?.balance.amountMinor ?? 0) - (before?.balance.amountMinor ?? 0)).toBe(-1_200);
  expect((after?.entries ?? 0) - (before?.entries ?? 0)).toBe(12);
  const rows = await books.database.ledgerAccount.findMany({ where: { kind: 'PSP_CLEARING', version: { gt: 0 } } });
  expect(rows.length).toBeGreaterThan(1);
  const seen: EntryView[] = [];
  let cursor: string | undefined;
  do {
    const input = { accountId: after?.id, limit: 5, ...(cursor === undefined ? {} : { cursor }) };
    const page = await asking.ask<Page<EntryView>>('ledger.entries', input, staff);
    seen.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(after?.entries);
  // Each balance is the one before it and the amount: as if it were one account.
  const oldestFirst = seen.toReversed();
  let balance = 0;
  for (const entry of oldestFirst) {
    balance += entry.amount.amountMinor;
    expect(entry.balanceAfter.amountMinor).toBe(balance);
  }
  const span = { from: '2020-01-01T00:00:00Z', to: '2090-01-01T00:00:00Z' };
  const whole = await asking.ask<Statement>('ledger.statement', { accountId: after?.id, ...span }, staff);
  expect([whole.closing.amountMinor, whole.items.length]).toEqual([balance, seen.length]);
  const part = rows.find(({ id }) => id !== after?.id);
  expect(await asking.refusal('ledger.entries', { accountId: part?.id }, staff)).toBe('NOT_FOUND');
});

test('pages of entries together are all of them, the latest first', async () => {
  const seen: EntryView[] = [];
  let cursor: string | undefined;
  do {
    const input = { accountId, limit: 2, ...(cursor === undefined ? {} : { cursor }) };
    const page = await asking.ask<Page<EntryView>>('ledger.entries', input, actorOf(hostId));
    seen.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen.map(({ version }) => version)).toEqual([6, 5, 4, 3, 2, 1]);
  expect(seen.map(({ amount }) => amount.amountMinor)).toEqual([475, 380, -285, 285, 190, 95]);
  expect(seen[0]?.balanceAfter.amountMinor).toBe(1_140);
});

/** A statement with all its pages. */
const fullStatement = async (from: Date, to: Date, limit: number): Promise<Statement & { pages: number }> => {
  const span = { accountId, from: from.toISOString(), to: to.toISOString(), csv: true, limit };
  const first = await asking.ask<Statement>('ledger.statement', span, actorOf(hostId));
  let pages = 1;
  for (let cursor = first.nextCursor; cursor !== null; pages += 1) {
    const next: Statement = await asking.ask('ledger.statement', { ...span, cursor }, actorOf(hostId));
    first.items.push(...next.items);
    first.csv = (first.csv ?? '') + (next.csv ?? '');
    cursor = next.nextCursor;
  }
  return { ...first, pages };
};

test('a statement goes from its opening to its closing balance, wherever spans and pages are cut', async () => {
  const begin = new Date(Date.now() - DAY_MS);
  const end = new Date(Date.now() + DAY_MS);
  const whole = await fullStatement(begin, end, 4);
  expect([whole.opening.amountMinor, whole.closing.amountMinor, whole.pages]).toEqual([0, 1_140, 2]);
  expect(whole.items.map(({ balance }) => balance.amountMinor)).toEqual([95, 285, 570, 285, 665, 1_140]);
  expect(whole.csv?.split('\r\n')).toHaveLength(8);
  expect(whole.csv).toMatch(/,RELEASE,PAYMENT,[0-9a-f-]{36},,-2\.85,2\.85,BDT,,\r?$/m);
  const middle = new Date(whole.items[3]?.bookedAt ?? '');
  const [before, after] = [await fullStatement(begin, middle, 100), await fullStatement(middle, end, 1)];
  expect(after.opening).toEqual(before.closing);
  expect(after.closing).toEqual(whole.closing);
  expect([...before.items, ...after.items].map(({ id }) => id)).toEqual(whole.items.map(({ id }) => id));
});

test('a span must end after it begins, and a cursor be one of ours', async () => {
  const host = actorOf(hostId);
  const [from, to] = ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'];
  expect(await asking.refusal('ledger.statement', { accountId, from, to }, host)).toBe('INVALID_INPUT');
  expect(await asking.refusal('ledger.statement', { accountId, from: to, to: from, cursor: 'x' }, host)).toBe(
    'INVALID_INPUT',
  );
  expect(await asking.refusal('ledger.entries', { accountId, cursor: 'x' }, host)).toBe('INVALID_INPUT');
  for (const cursor of ['9223372036854775808', '99999999999999999999', '1_2', '-1']) {
    expect(await asking.refusal('ledger.entries', { accountId, cursor }, host)).toBe('INVALID_INPUT');
  }
  const span = { accountId, from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
  for (const cursor of ['999999999999999_0_9999999999999999999', '1_100_1', '1_0_9223372036854775808']) {
    expect(await asking.refusal('ledger.statement', { ...span, cursor }, host)).toBe('INVALID_INPUT');
  }
  for (const early of ['0000-01-01T00:00:00Z', '0000-12-31T23:59:59Z']) {
    expect(await asking.refusal('ledger.statement', { ...span, from: early }, host)).toBe('INVALID_INPUT');
  }
  expect(await asking.refusal('ledger.entries', { accountId: newId() }, host)).toBe('NOT_FOUND');
});
