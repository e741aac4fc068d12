import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { journalCapture } from '../../../../src/domains/payments/ledger/journals/capture.steps.ts';
import { journalRelease } from '../../../../src/domains/payments/ledger/journals/release.steps.ts';
import type { HostShares } from '../../../../src/domains/payments/money/host-shares.rules.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Books, openBooks, paidPayment } from '../support/books.ts';
import { expectTrueBooks } from '../support/invariants.ts';

const at = new Date('2026-11-22T10:00:00Z');
const currency = 'BDT';

let books: Books;
let guestId: string;

beforeAll(async () => {
  books = await openBooks({ people: 1 });
  guestId = books.people[0] ?? '';
});
afterAll(() => books.close());

/** People whose books are empty. */
const newPeople = async (count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, newId);
  await books.database.user.createMany({
    data: ids.map((id) => ({ id, email: `${id}@rally.example`, username: id.replaceAll('-', ''), password: 'x' })),
  });
  return ids;
};

const available = (userId: string): Promise<bigint> => books.balance('HOST_AVAILABLE', userId);

/** Up to four shares, all of the earnings at most. */
const someShares = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 4 }).map((points) => {
  const sum = points.reduce((total, each) => total + each, 0);
  return sum <= 10_000 ? points : points.map((each) => Math.max(1, Math.floor((each * 9_990) / sum)));
});

test('parts sum back whatever the shares are, each within a minor unit, and are posted once', async () => {
  await fc.assert(
    fc.asyncProperty(someShares, fc.bigInt({ min: 1n, max: 999n }), async (points, amountMinor) => {
      const [hostId = '', ...coHosts] = await newPeople(points.length + 1);
      const shares: HostShares = coHosts.map((userId, place) => ({ userId, basisPoints: points[place] ?? 1 }));
      const parts = { amountMinor, commissionMinor: 0n, taxMinor: 0n };
      const paymentId = await paidPayment(books, guestId, parts);
      await books.inTx((tx) => journalCapture(tx, { paymentId, hostId, currency, at, ...parts }));
      const release = (ofCoHosts: HostShares) =>
        books.inTx((tx) => journalRelease(tx, { hostId, currency, paymentId, shares: ofCoHosts, at }));
      const first = await release(shares);
      expect(first).toMatchObject({ releasedMinor: amountMinor, recoveredMinor: 0n });
      expect(await release([]), 'a repeat is told of the first').toEqual(first);
      let rest = amountMinor;
      for (const { userId, basisPoints } of shares) {
        const part = await available(userId);
        const difference = part * 10_000n - amountMinor * BigInt(basisPoints);
        expect(difference < 10_000n && difference > -10_000n).toBe(true);
        rest -= part;
      }
      expect(await available(hostId)).toBe(rest);
      expect(await books.balance('HOST_PENDING', hostId)).toBe(0n);
    }),
    { numRuns: 20 },
  );
  await expectTrueBooks(books.sql);
}, 60_000);
