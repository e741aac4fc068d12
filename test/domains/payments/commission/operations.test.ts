import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { priceCharges } from '../../../../src/domains/payments/api.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Asking, actorOf, askBooks } from '../support/ask.ts';
import { type Books, openBooks } from '../support/books.ts';

const HOUR_MS = 60 * 60 * 1_000;
const admin = actorOf(newId(), 'ADMIN');

let books: Books;
let asking: Asking;
let hostId: string;

interface Rule {
  id: string;
  startsAt: string;
  endsAt: string | null;
  rateBasisPoints: number;
}

beforeAll(async () => {
  books = await openBooks({ people: 2 });
  asking = askBooks(books);
  hostId = books.people[0] ?? '';
  admin.userId = hostId;
});
afterAll(() => books.close());

const price = (now: Date, taxRateId: string | null = null) =>
  priceCharges(books.database, {
    ...{ hostId, eventId: newId(), categoryId: null, currency: 'BDT', now },
    lines: [{ ticketTypeId: 'general', quantity: 1, unitPriceMinor: 1_000n, discountMinor: 0n, taxRateId }],
  });

describe('a commission', () => {
  test('is set by administrators alone', async () => {
    const input = { scope: 'GLOBAL', rateBasisPoints: 500, currency: 'BDT' };
    expect(await asking.refusal('commission.set', input, actorOf(hostId, 'SUPPORT'))).toBe('FORBIDDEN');
  });

  test('ends the one before, and never reaches back', async () => {
    const input = { scope: 'GLOBAL', rateBasisPoints: 500, currency: 'BDT' };
    const first = await asking.ask<Rule>('commission.set', input, admin);
    const then = new Date(Date.parse(first.startsAt));
    asking.pass(HOUR_MS);
    const second = await asking.ask<Rule>('commission.set', { ...input, rateBasisPoints: 700 }, admin);
    expect((await price(then)).commissionMinor).toBe(50n);
    expect((await price(new Date(Date.parse(second.startsAt)))).commissionMinor).toBe(70n);
    expect((await price(new Date(then.getTime() - 1))).commissionMinor).toBe(0n);
    const { items } = await asking.ask<{ items: Rule[] }>('commission.list', { all: true }, admin);
    expect(items.map(({ id, endsAt }) => [id, endsAt])).toEqual([
      [second.id, null],
      [first.id, second.startsAt],
    ]);
    expect(asking.audited.at(-1)).toMatchObject({ targetType: 'commission', before: { id: first.id } });
    const past = { ...input, startsAt: first.startsAt };
    expect(await asking.refusal('commission.set', past, admin)).toBe('INVALID_INPUT');
  });

  test('of a host goes before the one for all', async () => {
    const input = { scope: 'HOST', targetId: hostId, rateBasisPoints: 100, currency: 'BDT' };
    const { startsAt } = await asking.ask<Rule>('commission.set', input, admin);
    const priced = await price(new Date(Date.parse(startsAt)));
    expect(priced.commissionMinor).toBe(10n);
    expect(priced.snapshot).toMatchObject({ hostId, commission: { scope: 'HOST', rateBasisPoints: 100 } });
  });

  test('of two set at once one is refused, and none overlap', async () => {
    const input = { scope: 'HOST', targetId: hostId, rateBasisPoints: 200, currency: 'EUR' };
    const codes = await Promise.all([1, 2, 3].map(() => asking.refusal('commission.set', input, admin)));
    expect(codes.filter((code) => code === 'OK').length).toBeGreaterThan(0);
    expect(codes.every((code) => code === 'OK' || code === 'CONFLICT')).toBe(true);
  });

  test.each([
    [{ scope: 'GLOBAL', targetId: newId() }, 'INVALID_INPUT'],
    [{ scope: 'HOST' }, 'INVALID_INPUT'],
    [{ scope: 'EVENT', targetId: newId() }, 'INVALID_INPUT'],
    [{ scope: 'GLOBAL', currency: 'XXX' }, 'INVALID_INPUT'],
    [{ scope: 'GLOBAL', minMinor: 5, maxMinor: 4 }, 'INVALID_INPUT'],
    [{ scope: 'GLOBAL', endsAt: '2020-01-01T00:00:00Z' }, 'INVALID_INPUT'],
  ])('%j is %s', async (given, code) => {
    const input = { rateBasisPoints: 100, currency: 'BDT', ...given };
    expect(await asking.refusal('commission.set', input, admin)).toBe(code);
  });
});

describe('a tax rate', () => {
  const input = { kind: 'VAT', country: 'BD', name: 'VAT', rateBasisPoints: 1_500 };

  test('that has ended is followed by the one in force', async () => {
    const first = await asking.ask<Rule>('taxRate.create', { ...input, isInclusive: false }, admin);
    asking.pass(HOUR_MS);
    const second = await asking.ask<Rule>(
      'taxRate.create',
      { ...input, rateBasisPoints: 1_000, isInclusive: false },
      admin,
    );
    const at = (rule: Rule) => price(new Date(Date.parse(rule.startsAt)), first.id);
    expect([(await at(first)).taxMinor, (await at(second)).taxMinor]).toEqual([150n, 100n]);
    const { items } = await asking.ask<{ items: Rule[] }>('taxRate.list', { country: 'BD' }, actorOf(hostId));
    expect(items.map(({ id }) => id)).toEqual([second.id]);
  });

  test('cannot begin before a planned one', async () => {
    const later = new Date(Date.now() + 48 * HOUR_MS).toISOString();
    await asking.ask('taxRate.create', { ...input, country: 'DE', startsAt: later }, admin);
    expect(await asking.refusal('taxRate.create', { ...input, country: 'DE' }, admin)).toBe('CONFLICT');
    expect(await asking.refusal('taxRate.create', input, actorOf(hostId, 'MODERATOR'))).toBe('FORBIDDEN');
  });
});

describe('a wallet', () => {
  test('is opened with its first top-up, which asks the provider for money', async () => {
    const guest = actorOf(books.people[1] ?? '');
    expect(await asking.ask('wallet.get', {}, guest)).toEqual({ wallets: [] });
    const payment = await asking.ask<object>('wallet.topUp', { amountMinor: 500, currency: 'BDT' }, guest);
    expect(payment).toMatchObject({
      ...{ purpose: 'WALLET_TOP_UP', status: 'PENDING', bookingId: null },
      amount: { amountMinor: 500, currency: 'BDT' },
    });
    expect(asking.told).toEqual(['payment.requested']);
    const { wallets } = await asking.ask<{ wallets: object[] }>('wallet.get', {}, guest);
    expect(wallets).toMatchObject([{ status: 'ACTIVE', spendable: { amountMinor: 0 } }]);
    expect(await asking.refusal('wallet.topUp', { amountMinor: 500, currency: 'XXX' }, guest)).toBe('INVALID_INPUT');
    expect(await asking.refusal('wallet.topUp', { amountMinor: 5, currency: 'BDT', method: 'WALLET' }, guest)).toBe(
      'INVALID_INPUT',
    );
  });
});
