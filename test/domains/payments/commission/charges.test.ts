import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chargesFor, type OrderLine } from '../../../../src/domains/payments/commission/charges.rules.ts';
import { type CommissionRule, mostParticular } from '../../../../src/domains/payments/commission/rule.rules.ts';
import type { TaxRate } from '../../../../src/domains/payments/tax-rate/rate.rules.ts';

const rule = (changes: Partial<CommissionRule> = {}): CommissionRule => ({
  ...{ id: 'rule', scope: 'GLOBAL', payer: 'HOST', rateBasisPoints: 500 },
  ...{ fixedMinor: 0n, minMinor: 0n, maxMinor: null },
  ...changes,
});
const vat: TaxRate = { id: 'vat', name: 'VAT', rateBasisPoints: 1_500, isInclusive: true };
const added: TaxRate = { id: 'added', name: 'Sales tax', rateBasisPoints: 825, isInclusive: false };
const taxRates = new Map([vat, added].map((rate) => [rate.id, rate]));
const line = (changes: Partial<OrderLine> = {}): OrderLine => ({
  ...{ ticketTypeId: 'general', quantity: 1, unitPriceMinor: 1_000n, discountMinor: 0n, taxRateId: null },
  ...changes,
});

const anyLine: fc.Arbitrary<OrderLine> = fc.record({
  ticketTypeId: fc.constantFrom('a', 'b', 'c', 'd'),
  quantity: fc.integer({ min: 1, max: 10 }),
  unitPriceMinor: fc.bigInt({ min: 0n, max: 100_000n }),
  discountMinor: fc.bigInt({ min: 0n, max: 50_000n }),
  taxRateId: fc.constantFrom(null, 'vat', 'added', 'gone'),
});
const anyRule: fc.Arbitrary<CommissionRule | null> = fc.option(
  fc.record({
    id: fc.constant('rule'),
    scope: fc.constantFrom('GLOBAL', 'HOST'),
    payer: fc.constantFrom('HOST', 'ATTENDEE'),
    rateBasisPoints: fc.integer({ min: 0, max: 10_000 }),
    fixedMinor: fc.bigInt({ min: 0n, max: 500n }),
    minMinor: fc.bigInt({ min: 0n, max: 500n }),
    maxMinor: fc.option(fc.bigInt({ min: 500n, max: 5_000n })),
  }),
);
const lines = fc.array(anyLine, { minLength: 1, maxLength: 6 });
const anyDiscount = fc.bigInt({ min: 0n, max: 200_000n });

const sum = (amounts: bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n);

describe('whatever is ordered', () => {
  test('the parts add up as the bookings table demands, and the payments table', () => {
    fc.assert(
      fc.property(lines, anyDiscount, anyRule, (ordered, orderDiscountMinor, commission) => {
        const charges = chargesFor({ lines: ordered, orderDiscountMinor }, { commission, taxRates });
        const { subtotalMinor, discountMinor, taxMinor, feeMinor, totalMinor, commissionMinor } = charges;
        expect(totalMinor).toBe(subtotalMinor - discountMinor + taxMinor + feeMinor);
        expect(discountMinor).toBeLessThanOrEqual(subtotalMinor);
        for (const part of [subtotalMinor, discountMinor, taxMinor, feeMinor, totalMinor, commissionMinor]) {
          expect(part).toBeGreaterThanOrEqual(0n);
        }
        expect(commissionMinor + taxMinor).toBeLessThanOrEqual(totalMinor);
        expect(feeMinor).toBe(commission?.payer === 'ATTENDEE' ? commissionMinor : 0n);
        for (const each of charges.lines) {
          expect(each.totalMinor).toBe(each.netMinor + each.taxMinor + each.feeMinor);
          expect(each.discountMinor).toBeLessThanOrEqual(each.unitPriceMinor * BigInt(each.quantity));
        }
        expect(sum(charges.lines.map((each) => each.totalMinor))).toBe(totalMinor);
        expect(sum(charges.lines.map((each) => each.commissionMinor))).toBe(commissionMinor);
      }),
    );
  });

  test('the subtotal is the price without the tax it contains, whatever is taken off', () => {
    fc.assert(
      fc.property(lines, anyDiscount, anyRule, (ordered, orderDiscountMinor, commission) => {
        const full = ordered.map((each) => ({ ...each, discountMinor: 0n }));
        const [less, all] = [
          chargesFor({ lines: ordered, orderDiscountMinor }, { commission, taxRates }),
          chargesFor({ lines: full }, { commission, taxRates }),
        ];
        expect(less.subtotalMinor).toBe(all.subtotalMinor);
        expect(all.discountMinor).toBe(0n);
      }),
      { numRuns: 1_000 },
    );
    const of = (share: bigint) =>
      chargesFor(
        { lines: [line({ unitPriceMinor: 11_500n, taxRateId: 'vat' })], orderDiscountMinor: 115n * share },
        { commission: null, taxRates },
      );
    for (const share of [0n, 10n, 50n, 100n]) {
      expect(of(share)).toMatchObject({ subtotalMinor: 10_000n, discountMinor: 100n * share });
    }
  });

  test('the order in which it was put in changes nothing (P7)', () => {
    // Lines of one price have equal claims to the units that a split leaves over.
    const alike = fc.record({
      ticketTypeId: fc.constantFrom('a', 'b', 'c', 'd'),
      taxRateId: fc.constantFrom(null, 'vat'),
    });
    const order = fc.oneof(lines, fc.array(alike.map(line), { minLength: 2, maxLength: 6 }));
    const discount = fc.oneof(anyDiscount, fc.bigInt({ min: 1n, max: 9n }));
    fc.assert(
      fc.property(order, discount, anyRule, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (...drawn) => {
        const [ordered, orderDiscountMinor, commission, keys] = drawn;
        const shuffled = ordered
          .map((each, place) => ({ each, key: keys[place] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const nameOf = (each: object): string =>
          JSON.stringify(each, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
        const charged = (which: OrderLine[]) => {
          const { lines: parts, ...totals } = chargesFor(
            { lines: which, orderDiscountMinor },
            { commission, taxRates },
          );
          return { totals, parts: parts.map(nameOf).sort() };
        };
        expect(charged(shuffled)).toEqual(charged(ordered));
      }),
    );
  });
});

describe('one order', () => {
  const charged = (given: OrderLine[], commission: CommissionRule | null = null, orderDiscountMinor = 0n) => {
    const { lines: _lines, ...totals } = chargesFor({ lines: given, orderDiscountMinor }, { commission, taxRates });
    return totals;
  };

  test('a contained tax is taken out of the price, an added one put on top', () => {
    expect(charged([line({ unitPriceMinor: 1_150n, taxRateId: 'vat' })])).toMatchObject({
      ...{ subtotalMinor: 1_000n, taxMinor: 150n, totalMinor: 1_150n },
    });
    expect(charged([line({ taxRateId: 'added' })])).toMatchObject({
      ...{ subtotalMinor: 1_000n, taxMinor: 83n, totalMinor: 1_083n },
    });
  });

  test('a tax that is not in force is not taken', () => {
    expect(charged([line({ taxRateId: 'gone' })])).toMatchObject({ taxMinor: 0n, totalMinor: 1_000n });
  });

  test('an attendee pays the fee on top, a host out of the price', () => {
    expect(charged([line()], rule({ payer: 'ATTENDEE' }))).toMatchObject({ feeMinor: 50n, totalMinor: 1_050n });
    expect(charged([line()], rule())).toMatchObject({ feeMinor: 0n, commissionMinor: 50n, totalMinor: 1_000n });
  });

  test('discounts come first: tax and fee are of what is left', () => {
    const given = [line({ unitPriceMinor: 2_300n, discountMinor: 150n, taxRateId: 'vat' })];
    expect(charged(given, rule({ rateBasisPoints: 1_000 }), 1_000n)).toMatchObject({
      ...{ subtotalMinor: 2_000n, discountMinor: 1_000n, taxMinor: 150n, commissionMinor: 100n, totalMinor: 1_150n },
    });
  });

  test('what is taken off a line comes off before what is taken off the order (P7)', () => {
    const free = line({ discountMinor: 1_000n });
    const { lines: parts, totalMinor } = chargesFor(
      { lines: [free, line({ ticketTypeId: 'other' })], orderDiscountMinor: 500n },
      { commission: null, taxRates },
    );
    expect(parts.map(({ discountMinor }) => discountMinor)).toEqual([1_000n, 500n]);
    expect(totalMinor).toBe(500n);
  });

  test('fixed amounts are per ticket, floor and ceiling per order, and what is free pays nothing', () => {
    const two = line({ quantity: 2 });
    expect(charged([two], rule({ fixedMinor: 30n })).commissionMinor).toBe(160n);
    expect(charged([two], rule({ minMinor: 300n })).commissionMinor).toBe(300n);
    expect(charged([two], rule({ maxMinor: 70n })).commissionMinor).toBe(70n);
    expect(charged([line({ unitPriceMinor: 10n })], rule({ fixedMinor: 30n })).commissionMinor).toBe(10n);
    expect(charged([line({ discountMinor: 5_000n })], rule({ minMinor: 300n, payer: 'ATTENDEE' }))).toMatchObject({
      ...{ discountMinor: 1_000n, feeMinor: 0n, totalMinor: 0n },
    });
  });

  test('the most particular rule applies', () => {
    const rules = (['GLOBAL', 'CATEGORY', 'HOST', 'EVENT'] as const).map((scope) => rule({ scope }));
    expect(rules.map((_, kept) => mostParticular(rules.slice(0, kept + 1))?.scope)).toEqual([
      ...['GLOBAL', 'CATEGORY', 'HOST', 'EVENT'],
    ]);
    expect(mostParticular([])).toBeNull();
  });

  test('prices below zero and no tickets are refused', () => {
    for (const wrong of [{ unitPriceMinor: -1n }, { discountMinor: -1n }, { quantity: 0 }]) {
      expect(() => charged([line(wrong)])).toThrow(RangeError);
    }
  });
});
