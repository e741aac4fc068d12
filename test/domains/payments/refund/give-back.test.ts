import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refundOf } from '../../../../src/domains/events/booking/refund-policy.ts';
import type { OrderLine } from '../../../../src/domains/payments/commission/charges.rules.ts';
import { chargesInSteps } from '../../../../src/domains/payments/commission/in-steps.rules.ts';
import type { CommissionRule } from '../../../../src/domains/payments/commission/rule.rules.ts';
import { snapshotOf } from '../../../../src/domains/payments/commission/snapshot.rules.ts';
import {
  creditedLines,
  type Draft,
  draftsOf,
  type Line,
} from '../../../../src/domains/payments/invoice/lines.rules.ts';
import { chargeStep, splitInSteps } from '../../../../src/domains/payments/money/step.rules.ts';
import { type GivenBack, giveBack } from '../../../../src/domains/payments/refund/give-back.rules.ts';
import { type Portion, paidOf, portionsOf, totalOf } from '../../../../src/domains/payments/refund/portions.rules.ts';
import type { TaxRate } from '../../../../src/domains/payments/tax-rate/rate.rules.ts';

const taxRates = new Map<string, TaxRate>(
  [
    { id: 'vat', name: 'VAT', rateBasisPoints: 1_900, isInclusive: true },
    { id: 'low', name: 'Low VAT', rateBasisPoints: 700, isInclusive: true },
    { id: 'added', name: 'Sales tax', rateBasisPoints: 777, isInclusive: false },
  ].map((rate) => [rate.id, rate]),
);

/** An order as it was paid for, and what it is made of. */
const paid = (lines: OrderLine[], rule: CommissionRule | null, currency = 'EUR', orderDiscountMinor = 0n) => {
  const charges = chargesInSteps({ lines, orderDiscountMinor }, { commission: rule, taxRates }, chargeStep(currency));
  const target = { hostId: 'h', eventId: 'e', categoryId: null, currency };
  const payment = {
    purpose: 'BOOKING' as const,
    capturedAmount: charges.totalMinor,
    taxAmount: charges.taxMinor,
    commissionAmount: charges.commissionMinor,
    commissionSnapshot: snapshotOf(charges, { target, commission: rule, taxRates, now: new Date(0) }),
  };
  const admissions = charges.lines.flatMap(({ ticketTypeId, quantity, totalMinor }) =>
    splitInSteps(
      totalMinor,
      Array.from({ length: quantity }, () => 1n),
      currency,
    ).map((pricePaid, place) => ({ id: `${ticketTypeId} ${place}`, ticketTypeId, pricePaid })),
  );
  return { payment, admissions, drafts: draftsOf(payment), portions: portionsOf(payment, admissions) };
};

/** Lines of the invoices of these kinds. */
const linesOf = (drafts: readonly Draft[], ...kinds: Draft['kind'][]): Line[] =>
  drafts.filter(({ kind }) => kinds.includes(kind)).flatMap(({ lines }) => lines);

/** The invoices of a payment as credit notes take them. */
const invoicedIn = (drafts: readonly Draft[]) =>
  drafts.map((draft) => ({ ...draft, hasFeeApart: drafts.some(({ kind }) => kind === 'FEE') }));

const amountOf = (parts: readonly Portion[]): bigint => parts.reduce((sum, part) => sum + paidOf(part), 0n);

/** Net and tax by tax rate, and with it the fee, which has none. */
const byRate = (lines: readonly Line[]): Map<string, { net: number; tax: number }> => {
  const sums = new Map<string, { net: number; tax: number }>();
  for (const { tax, netMinor, taxMinor } of lines) {
    const name = tax?.name ?? '';
    const before = sums.get(name) ?? { net: 0, tax: 0 };
    sums.set(name, { net: before.net + netMinor, tax: before.tax + taxMinor });
  }
  return sums;
};

const anyRule: fc.Arbitrary<CommissionRule | null> = fc.option(
  fc.record({
    id: fc.constant('rule'),
    scope: fc.constant('GLOBAL' as const),
    payer: fc.constantFrom('HOST' as const, 'ATTENDEE' as const),
    rateBasisPoints: fc.integer({ min: 0, max: 3_000 }),
    fixedMinor: fc.bigInt({ min: 0n, max: 500n }),
    minMinor: fc.bigInt({ min: 0n, max: 500n }),
    maxMinor: fc.option(fc.bigInt({ min: 500n, max: 5_000n })),
  }),
);

const orders = fc
  .tuple(
    fc.constantFrom('JPY', 'EUR', 'KWD'),
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 }),
    fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 5 }),
        unit: fc.bigInt({ min: 0n, max: 4_000n }),
        off: fc.bigInt({ min: 0n, max: 500n }),
        taxRateId: fc.constantFrom(null, 'vat', 'low', 'added'),
      }),
      { minLength: 4, maxLength: 4 },
    ),
    fc.bigInt({ min: 0n, max: 3_000n }),
    anyRule,
  )
  .map(([currency, types, drawn, discount, rule]) => {
    const step = chargeStep(currency);
    const lines = types.flatMap((ticketTypeId, place): OrderLine[] => {
      const each = drawn[place];
      if (each === undefined) return [];
      const { quantity, unit, off, taxRateId } = each;
      const description = `Ticket ${ticketTypeId}`;
      return [{ ticketTypeId, description, quantity, unitPriceMinor: unit * step, discountMinor: off, taxRateId }];
    });
    return { currency, ...paid(lines, rule, currency, discount) };
  });

/** What may happen to a payment, in any order. */
const happenings = fc.array(
  fc.oneof(
    fc.record({
      what: fc.constant('ticket' as const),
      pick: fc.nat(),
      basisPoints: fc.constantFrom(10_000, 5_000, 3_333),
      feesRefundable: fc.boolean(),
    }),
    fc.record({
      what: fc.constantFrom('goodwill' as const, 'dispute' as const),
      share: fc.integer({ min: 1, max: 60 }),
    }),
  ),
  { maxLength: 10 },
);

describe('whatever is paid for', () => {
  test('its portions sum to the payment, and each to what was paid for its ticket', () => {
    fc.assert(
      fc.property(orders, ({ payment, portions, admissions }) => {
        const total = totalOf(portions);
        expect(amountOf(portions)).toBe(payment.capturedAmount);
        expect(total.taxMinor).toBe(payment.taxAmount);
        expect(total.feeMinor + total.commissionMinor).toBe(payment.commissionAmount);
        for (const portion of portions) {
          const admission = admissions.find(({ id }) => id === portion.admissionId);
          if (admission !== undefined) expect(paidOf(portion)).toBe(admission.pricePaid);
          expect(portion.netMinor).toBeGreaterThanOrEqual(portion.commissionMinor);
          for (const part of [portion.netMinor, portion.taxMinor, portion.feeMinor, portion.commissionMinor]) {
            expect(part).toBeGreaterThanOrEqual(0n);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('in any order of returns, goodwill and disputes, invoice and credit notes are what was kept, at each rate', () => {
    fc.assert(
      fc.property(orders, happenings, (order, events) => {
        const { payment, portions, admissions, drafts, currency } = order;
        const invoiced = linesOf(drafts, 'TICKETS', 'FEE');
        const lines = payment.commissionSnapshot.lines;
        const gone: Portion[] = [];
        const notes: Draft[] = [];
        const noted = (): Line[] => linesOf(notes, 'TICKETS', 'FEE');
        const left = (...kinds: Draft['kind'][]): bigint =>
          linesOf([...drafts, ...notes], ...kinds).reduce((sum, { totalMinor }) => sum + BigInt(totalMinor), 0n);
        const give = (wish: GivenBack): void => {
          const unreturned = amountOf(portions) - amountOf(gone);
          const parts = giveBack(portions, gone, wish);
          expect(amountOf(parts)).toBe(wish.amountMinor < unreturned ? wish.amountMinor : unreturned);
          gone.push(...parts);
          const returned = { parts, admissionIds: (wish.admissions ?? []).map(({ id }) => id) };
          for (const each of invoicedIn(drafts)) notes.push({ ...each, lines: creditedLines(each, returned) });
          const lines = notes.flatMap((note) => note.lines);
          expect(lines.every(({ netMinor, taxMinor }) => netMinor <= 0 && taxMinor <= 0)).toBe(true);
        };
        const check = (): void => {
          const kept = byRate([...invoiced, ...noted()]);
          const [all, back] = [totalOf(portions), totalOf(gone)];
          // Each seller's own: the host's sale without the fee, and of the platform's what it keeps.
          expect(left('TICKETS')).toBe(amountOf(portions) - amountOf(gone) - (all.feeMinor - back.feeMinor));
          expect(left('FEE')).toBe(all.feeMinor - back.feeMinor);
          expect(left('COMMISSION')).toBe(all.commissionMinor - back.commissionMinor);
          const sum = [...kept.values()].reduce((total, { net, tax }) => total + net + tax, 0);
          expect(BigInt(sum)).toBe(payment.capturedAmount - amountOf(gone));
          expect(all.taxMinor - back.taxMinor).toBe(BigInt([...kept.values()].reduce((t, { tax }) => t + tax, 0)));
          for (const [name, { net, tax }] of byRate(invoiced)) {
            const own = kept.get(name) ?? { net: 0, tax: 0 };
            expect(own.net).toBeGreaterThanOrEqual(0);
            expect(own.tax).toBeGreaterThanOrEqual(0);
            // Of what is kept at a rate the tax is that rate's, within two steps of each ticket.
            if (name !== '') {
              const due = (tax * (own.net + own.tax)) / (net + tax || 1);
              expect(Math.abs(own.tax - due)).toBeLessThanOrEqual(2 * portions.length * Number(chargeStep(currency)));
            }
          }
        };
        for (const event of events) {
          if (event.what === 'ticket') {
            const admission = admissions[event.pick % admissions.length];
            if (admission === undefined) continue;
            const terms = { basisPoints: event.basisPoints, feesRefundable: event.feesRefundable, validUntil: null };
            const amountMinor = refundOf({ ...admission, currency }, lines, terms);
            const named = [{ id: admission.id, amountMinor: 1n }];
            give({ amountMinor, admissions: named, isFeeKept: !event.feesRefundable });
          } else {
            give({ amountMinor: (payment.capturedAmount * BigInt(event.share)) / 100n });
          }
          check();
        }
        give({ amountMinor: payment.capturedAmount });
        for (const { net, tax } of byRate([...invoiced, ...noted()]).values()) expect([net, tax]).toEqual([0, 0]);
        expect([left('TICKETS'), left('FEE'), left('COMMISSION')]).toEqual([0n, 0n, 0n]);
        expect(totalOf(gone)).toEqual(totalOf(portions));
      }),
      { numRuns: 1_000 },
    );
  });

  test('a ticket given back in parts gives back exactly its own tax, fee and commission, and nothing of others', () => {
    fc.assert(
      fc.property(
        orders,
        fc.nat(),
        fc.array(fc.bigInt({ min: 1n, max: 900n }), { maxLength: 6 }),
        (order, pick, cuts) => {
          const { portions, admissions } = order;
          const admission = admissions[pick % admissions.length];
          const own = portions.filter(({ admissionId }) => admissionId === admission?.id);
          if (admission === undefined || own.length === 0) return;
          const gone: Portion[] = [];
          for (const cut of [...cuts, admission.pricePaid]) {
            const left = admission.pricePaid - amountOf(gone);
            const amountMinor = cut < left ? cut : left;
            gone.push(
              ...giveBack(portions, gone, { amountMinor, admissions: [{ id: admission.id, amountMinor: 1n }] }),
            );
          }
          expect(totalOf(gone)).toEqual(totalOf(own));
          expect(gone.every(({ admissionId }) => admissionId === admission.id)).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

const rule = (payer: 'HOST' | 'ATTENDEE'): CommissionRule => ({
  ...{ id: 'rule', scope: 'GLOBAL', payer, rateBasisPoints: 1_000, fixedMinor: 0n, minMinor: 0n, maxMinor: null },
});
const orderLine = (ticketTypeId: string, quantity: number, unitPriceMinor: bigint, taxRateId: string | null) => ({
  ...{ ticketTypeId, description: ticketTypeId, quantity, unitPriceMinor, discountMinor: 0n, taxRateId },
});

describe('a credit note', () => {
  const dinner = () =>
    paid([orderLine('Dinner', 2, 11_900n, 'vat'), orderLine('Book', 1, 10_000n, null)], rule('HOST'));
  const noted = (order: ReturnType<typeof paid>, wish: GivenBack, gone: Portion[] = []) => {
    const parts = giveBack(order.portions, gone, wish);
    const admissionIds = (wish.admissions ?? []).map(({ id }) => id);
    return invoicedIn(order.drafts)
      .flatMap((invoice) => creditedLines(invoice, { parts, admissionIds }))
      .map((each) => [each.quantity, each.description, each.netMinor, each.taxMinor]);
  };

  test('has the line of the very ticket, for one of two', () => {
    const of = (id: string, amountMinor: bigint) => ({ amountMinor, admissions: [{ id, amountMinor }] });
    expect(noted(dinner(), of('Book 0', 10_000n))).toEqual([
      [1, 'Book', -10_000, 0],
      [1, 'Commission', -1_000, 0],
    ]);
    expect(noted(dinner(), of('Dinner 1', 11_900n))).toEqual([
      [1, 'Dinner', -10_000, -1_900],
      [1, 'Commission', -1_000, 0],
    ]);
    expect(noted(dinner(), of('Dinner 0', 1_190n))).toEqual([
      [1, 'Dinner', -1_000, -190],
      [1, 'Commission', -100, 0],
    ]);
  });

  test('of goodwill is spread over what is left of all lines', () => {
    const order = dinner();
    const gone = giveBack(order.portions, [], {
      amountMinor: 10_000n,
      admissions: [{ id: 'Book 0', amountMinor: 1n }],
    });
    expect(noted(order, { amountMinor: 2_380n }, gone)).toEqual([
      [2, 'Dinner', -2_000, -380],
      [1, 'Commission', -200, 0],
    ]);
  });

  test('leaves the fee that the platform keeps', () => {
    const order = paid([orderLine('Seat', 2, 11_900n, 'vat')], rule('ATTENDEE'));
    expect(order.payment.capturedAmount).toBe(25_800n);
    const seat = [{ id: 'Seat 0', amountMinor: 1n }];
    const kept = { amountMinor: 11_900n, admissions: seat, isFeeKept: true };
    expect(noted(order, kept)).toEqual([[1, 'Seat', -10_000, -1_900]]);
    expect(totalOf(giveBack(order.portions, [], kept))).toMatchObject({ feeMinor: 0n, commissionMinor: 0n });
    expect(noted(order, { amountMinor: 12_900n, admissions: seat })).toEqual([
      [1, 'Seat', -10_000, -1_900],
      [1, 'Booking fee', -1_000, 0],
    ]);
  });
});
