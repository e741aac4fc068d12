import { describe, expect, test } from 'vitest';
import { sumsOf } from '../../web/src/guest/amounts.rules.ts';
import {
  askedFor,
  type EventToBook,
  rangeOf,
  stepped,
  type TypeToBook,
  whyClosed,
  whyNot,
} from '../../web/src/guest/book/order.rules.ts';

const NOW = Date.parse('2026-05-01T12:00:00Z');
const later = '2026-05-02T12:00:00.000Z';
const earlier = '2026-04-30T12:00:00.000Z';

const typeWith = (fields: Partial<TypeToBook>): TypeToBook =>
  // Safe: the rules read these fields alone.
  ({
    id: 'one',
    status: 'ON_SALE',
    available: null,
    minPerOrder: 1,
    maxPerOrder: 10,
    oneActivePerUser: false,
    salesStartAt: null,
    salesEndAt: null,
    ...fields,
  }) as TypeToBook;

const eventWith = (fields: Partial<EventToBook>): EventToBook =>
  ({
    status: 'PUBLISHED',
    endDate: later,
    registrationOpensAt: null,
    registrationClosesAt: null,
    ...fields,
  }) as EventToBook;

describe('why tickets cannot be had', () => {
  test.each([
    [{}, null],
    [{ status: 'ONGOING' as const }, null],
    [{ status: 'CANCELLED' as const }, { kind: 'CANCELLED' }],
    [{ endDate: earlier }, { kind: 'OVER' }],
    [{ registrationOpensAt: later }, { kind: 'SOON', at: later }],
    [{ registrationClosesAt: earlier }, { kind: 'CLOSED' }],
    [{ status: 'DRAFT' as const }, { kind: 'NOT_PUBLISHED' }],
  ])('of an event %j: %j', (fields, reason) => expect(whyClosed(eventWith(fields), NOW)).toEqual(reason));

  test.each([
    [{}, null],
    [{ available: 1 }, null],
    [{ available: 0 }, { kind: 'SOLD_OUT' }],
    [{ available: 1, minPerOrder: 2 }, { kind: 'SOLD_OUT' }],
    [{ salesStartAt: later }, { kind: 'SOON', at: later }],
    [{ salesEndAt: earlier }, { kind: 'OVER' }],
    [{ status: 'PAUSED' as const }, { kind: 'PAUSED' }],
  ])('of a kind %j: %j', (fields, reason) => expect(whyNot(typeWith(fields), NOW)).toEqual(reason));
});

test('a stepper goes from none to the least and never above what is left', () => {
  const range = rangeOf(typeWith({ minPerOrder: 2, maxPerOrder: 6, available: 3 }));
  expect(range).toEqual([2, 3]);
  expect(stepped(0, 1, range)).toBe(2);
  expect(stepped(3, 1, range)).toBe(3);
  expect(stepped(2, -1, range)).toBe(0);
  expect(rangeOf(typeWith({ oneActivePerUser: true }))).toEqual([1, 1]);
});

test('an address chooses for its reader, within what can be had', () => {
  const [one, two] = [typeWith({ maxPerOrder: 4 }), typeWith({ id: 'two', available: 0 })];
  expect(askedFor('?type=one&quantity=9', [one, two], NOW)).toEqual({ one: 4 });
  expect(askedFor('?type=two&quantity=1', [one, two], NOW)).toEqual({ one: 1 });
  expect(askedFor('?quantity=x', [one], NOW)).toEqual({ one: 1 });
  expect(askedFor('', [one, typeWith({ id: 'three' })], NOW)).toEqual({});
});

test('sums tell the tax that comes on top from the tax that prices contain', () => {
  const amount = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
  const line = { ticketTypeId: 'one', name: 'Seat', quantity: 2, unitPrice: amount(1_190), discount: amount(190) };
  const contained = { lines: [line], tax: amount(350), fee: amount(100), total: amount(2_290) };
  expect(sumsOf(contained)).toEqual({ discountMinor: 190, feeMinor: 100, addedTaxMinor: 0, containedTaxMinor: 350 });
  const added = { ...contained, total: amount(2_640) };
  expect(sumsOf(added)).toMatchObject({ addedTaxMinor: 350, containedTaxMinor: 0 });
});
