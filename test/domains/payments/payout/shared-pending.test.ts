import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { journalCapture } from '../../../../src/domains/payments/ledger/journals/capture.steps.ts';
import { journalRefund } from '../../../../src/domains/payments/ledger/journals/refund.steps.ts';
import { journalRelease } from '../../../../src/domains/payments/ledger/journals/release.steps.ts';
import type { HostShares } from '../../../../src/domains/payments/money/host-shares.rules.ts';
import { balancesOf } from '../../../../src/domains/payments/payout/balances.reads.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Books, openBooks } from '../support/books.ts';

const at = new Date('2026-11-22T10:00:00Z');
/** With two, no and three decimals. */
const CURRENCIES = ['BDT', 'JPY', 'KWD'];
const PEOPLE = 4;

let books: Books;
beforeAll(async () => {
  books = await openBooks({ people: PEOPLE + 1 });
});
afterAll(() => books.close());

const personOf = (place: number): string => books.people[place] ?? '';

interface Sale {
  host: number;
  currency: string;
  amountMinor: bigint;
  /** Of each person; the host's own is left out. */
  points: number[];
  refunds: number[];
  isReleased: boolean;
}

const anySale: fc.Arbitrary<Sale> = fc.record({
  host: fc.integer({ min: 0, max: PEOPLE - 1 }),
  currency: fc.constantFrom(...CURRENCIES),
  // Few prices, so that sales are alike.
  amountMinor: fc.constantFrom(1n, 2n, 7n, 100n, 100n, 9_999n),
  points: fc.array(fc.constantFrom(0, 0, 1, 1_250, 2_500), { minLength: PEOPLE, maxLength: PEOPLE }),
  refunds: fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 2 }),
  isReleased: fc.boolean(),
});

interface Sold extends Sale {
  paymentId: string;
  shares: HostShares;
}

const sell = async (sale: Sale): Promise<Sold> => {
  const { host, currency, amountMinor, points, refunds } = sale;
  const [hostId, guestId] = [personOf(host), personOf(PEOPLE)];
  const [eventId, paymentId] = [newId(), newId()];
  const shares = points
    .map((basisPoints, place) => ({ userId: personOf(place), basisPoints }))
    .filter(({ userId, basisPoints }) => basisPoints > 0 && userId !== hostId);
  const event = { id: eventId, slug: eventId, title: 'A gathering', description: '', hostId };
  await books.database.event.create({ data: { ...event, startDate: new Date(at.getTime() - 1), endDate: at } });
  await books.database.payment.create({
    data: {
      ...{ id: paymentId, userId: guestId, eventId, amount: amountMinor, capturedAmount: amountMinor, currency },
      ...{ status: 'COMPLETED', commissionSnapshot: { hostId, shares }, completedAt: at },
    },
  });
  const facts = { paymentId, hostId, currency, at, commissionMinor: 0n, taxMinor: 0n };
  await books.inTx((tx) => journalCapture(tx, { ...facts, amountMinor }));
  let left = amountMinor;
  for (const percent of refunds) {
    const amount = (left * BigInt(percent)) / 100n;
    if (amount === 0n) continue;
    const refund = await books.database.refund.create({ data: { id: newId(), paymentId, amount, currency } });
    const back = { ...facts, refundId: refund.id, amountMinor: amount, to: 'PROVIDER' } as const;
    await books.inTx((tx) => journalRefund(tx, back));
    left -= amount;
  }
  return { ...sale, paymentId, shares };
};

const release = async ({ host, currency, paymentId, shares }: Sold): Promise<void> => {
  await books.inTx(async (tx) => {
    await journalRelease(tx, { hostId: personOf(host), currency, paymentId, shares, at });
    await tx.payment.update({ where: { id: paymentId }, data: { releasedAt: at } });
  });
};

type Amounts = Record<string, bigint>;

const seenBy = async (field: 'pendingMinor' | 'availableMinor'): Promise<Amounts> => {
  const seen: Amounts = {};
  for (const [place, userId] of books.people.entries()) {
    for (const row of await balancesOf(books.database, userId)) seen[`${place} ${row.currency}`] = row[field];
  }
  return seen;
};

const sumsOf = (amounts: Amounts): Amounts => {
  const sums: Amounts = {};
  for (const [key, amount] of Object.entries(amounts)) {
    const currency = key.split(' ')[1] ?? '';
    sums[currency] = (sums[currency] ?? 0n) + amount;
  }
  return sums;
};

const booked = async (): Promise<Amounts> => {
  const rows = await books.database.ledgerAccount.groupBy({
    by: ['currencyCode'],
    where: { kind: 'HOST_PENDING' },
    _sum: { posted: true },
  });
  return Object.fromEntries(rows.map(({ currencyCode, _sum }) => [currencyCode, _sum.posted ?? 0n]));
};

test('what people see as pending is what the books hold, and what the release then makes available to each', async () => {
  let shared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anySale, { minLength: 1, maxLength: 8 }), async (sales) => {
      const sold = [];
      for (const sale of sales) sold.push(await sell(sale));
      for (const sale of sold.filter(({ isReleased }) => isReleased)) await release(sale);
      const pending = await seenBy('pendingMinor');
      expect(Object.values(pending).every((amount) => amount >= 0n)).toBe(true);
      expect(sumsOf(pending)).toEqual(await booked());
      const before = await seenBy('availableMinor');
      for (const sale of sold.filter(({ isReleased }) => !isReleased)) await release(sale);
      const after = await seenBy('availableMinor');
      for (const [key, amount] of Object.entries(pending)) {
        expect((after[key] ?? 0n) - (before[key] ?? 0n), key).toBe(amount);
        if (amount > 0n && !sold.some(({ host }) => key.startsWith(String(host)))) shared += 1;
      }
      expect(Object.values(await seenBy('pendingMinor')).every((amount) => amount === 0n)).toBe(true);
    }),
    { numRuns: 15 },
  );
  expect(shared, 'some had nothing but a share of others').toBeGreaterThan(0);
}, 120_000);
