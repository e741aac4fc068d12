import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  couldEverHold,
  freeSeats,
  type Stock,
  type StockedType,
} from '../../../../src/domains/events/inventory/stock.rules.ts';
import {
  HEAD_PATIENCE_MS,
  MAX_BYPASSES,
  offerEnd,
  selectWaiting,
  type WaitingEntry,
} from '../../../../src/domains/events/waitlist/queue.rules.ts';

const NOW = new Date('2030-01-01T00:00:00Z');
const hoursFromNow = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

const type = (id: string, free: number): StockedType => ({
  id,
  name: id,
  status: 'ON_SALE',
  visibility: 'PUBLIC',
  priceMinor: 0n,
  currency: 'BDT',
  taxRateId: null,
  capacity: free,
  held: 0,
  sold: 0,
  minPerOrder: 1,
  maxPerOrder: 10,
  oneActivePerUser: false,
  approvalRequired: false,
  salesStartAt: null,
  salesEndAt: null,
  sortOrder: 0,
  isAwaited: true,
});

const stock = (free: number, { startsInHours = 100, ofEvent = null as number | null } = {}): Stock => ({
  now: NOW,
  event: {
    id: 'e',
    hostId: 'h',
    categoryId: null,
    title: 'E',
    status: 'PUBLISHED',
    visibility: 'PUBLIC',
    hiddenAt: null,
    archivedAt: null,
    startDate: hoursFromNow(startsInHours),
    endDate: hoursFromNow(startsInHours + 2),
    approvalMode: 'AUTOMATIC',
    registrationOpensAt: null,
    registrationClosesAt: null,
    waitlistEnabled: true,
    currency: 'BDT',
    capacity: ofEvent,
    held: 0,
    sold: 0,
    policy: null,
    hasKey: true,
    hasDeadHolds: false,
  },
  types: new Map([['t', type('t', free)]]),
});

const entry = (id: string, quantity: number, fields: Partial<WaitingEntry> = {}): WaitingEntry => ({
  id,
  userId: id,
  ticketTypeId: 't',
  quantity,
  bypassed: 0,
  headSince: null,
  ...fields,
});

const chosen = (selection: ReturnType<typeof selectWaiting>) => selection.chosen.map((each) => each.entry.id);
const everybody = (): boolean => true;

describe('who is offered what comes free', () => {
  test('a group gets all of its seats or waits, and is passed by smaller ones, counted', () => {
    const selection = selectWaiting(stock(2), [entry('four', 4), entry('one', 1), entry('other', 1)], everybody);
    expect(chosen(selection)).toEqual(['one', 'other']);
    expect(selection.heads).toEqual([{ id: 'four', bypassed: 2 }]);
  });

  test('after three passes seats are kept for the head', () => {
    const entries = [entry('four', 4, { bypassed: 2 }), entry('a', 1), entry('b', 1)];
    const selection = selectWaiting(stock(3), entries, everybody);
    expect(chosen(selection)).toEqual(['a']);
    expect(selection.heads).toEqual([{ id: 'four', bypassed: MAX_BYPASSES }]);
  });

  test('a head that waited long enough is not passed any more', () => {
    const since = new Date(NOW.getTime() - HEAD_PATIENCE_MS - 1);
    expect(chosen(selectWaiting(stock(3), [entry('four', 4, { headSince: since }), entry('a', 1)], everybody))).toEqual(
      [],
    );
  });

  test('after the cut-off nothing is kept', () => {
    const entries = [entry('four', 4, { bypassed: MAX_BYPASSES }), entry('a', 1), entry('b', 1)];
    expect(chosen(selectWaiting(stock(3, { startsInHours: 1 }), entries, everybody))).toEqual(['a', 'b']);
  });

  test('who may not hold the type stands in nobody’s way', () => {
    const entries = [entry('has one', 4), entry('a', 1)];
    const selection = selectWaiting(stock(3), entries, ({ userId }) => userId !== 'has one');
    expect(selection).toEqual({ chosen: [{ entry: entries[1], ticketTypeId: 't' }], heads: [] });
  });

  test('in every queue: nothing is offered twice, order holds but for counted passes, and no seat idles needlessly', () => {
    const queue = fc.array(
      fc.record({ quantity: fc.integer({ min: 1, max: 5 }), bypassed: fc.integer({ min: 0, max: MAX_BYPASSES }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        queue,
        fc.integer({ min: 0, max: 12 }),
        fc.option(fc.integer({ min: 0, max: 12 })),
        (drafts, free, ofEvent) => {
          const entries = drafts.map(({ quantity, bypassed }, place) => entry(`p${place}`, quantity, { bypassed }));
          const where = stock(free, { ofEvent });
          const selection = selectWaiting(where, entries, everybody);
          const taken = selection.chosen.reduce((sum, each) => sum + each.entry.quantity, 0);
          const left = Math.min(free, freeSeats(where.event)) - taken;
          expect(left).toBeGreaterThanOrEqual(0);
          const served = new Set(chosen(selection));
          for (const { id, bypassed } of selection.heads) {
            const before = entries.find((each) => each.id === id)?.bypassed ?? 0;
            expect(bypassed).toBeLessThanOrEqual(Math.max(before, MAX_BYPASSES));
          }
          // W4: whoever stands before everybody that waits on and fits what is left would have been served.
          const first = entries.find(({ id }) => !served.has(id));
          if (first) expect(first.quantity).toBeGreaterThan(left);
          // W3: among those who wait for the same, an equal or smaller one is never left behind by a later one.
          for (const [place, { id, quantity }] of entries.entries()) {
            if (served.has(id) || selection.heads.some((head) => head.id === id)) continue;
            const later = entries.slice(place + 1).filter((each) => served.has(each.id) && each.quantity >= quantity);
            expect(later).toEqual([]);
          }
        },
      ),
    );
  });

  test('an entry that no order could ever fill changes nothing for anybody, in every queue', () => {
    const wish = fc.record({ quantity: fc.integer({ min: 1, max: 12 }), bypassed: fc.integer({ min: 0, max: 3 }) });
    const size = fc.record({
      minPerOrder: fc.integer({ min: 1, max: 4 }),
      maxPerOrder: fc.integer({ min: 4, max: 9 }),
      capacity: fc.option(fc.integer({ min: 0, max: 10 })),
    });
    const seats = fc.record({ capacity: fc.option(fc.integer({ min: 0, max: 10 })), sold: fc.nat({ max: 10 }) });
    let passed = 0;
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), size, size, seats, (drafts, one, other, { capacity, sold }) => {
        const base = stock(0);
        const types = new Map([
          ['t', { ...type('t', 0), ...one, sold: Math.min(sold, one.capacity ?? sold) }],
          ['u', { ...type('u', 0), ...other, sortOrder: 1 }],
        ]);
        const where = { ...base, event: { ...base.event, capacity, sold: Math.min(sold, capacity ?? sold) }, types };
        const since = new Date(NOW.getTime() - HEAD_PATIENCE_MS - 1);
        const entries = drafts.map(({ quantity, bypassed }, place) =>
          entry(`p${place}`, quantity, {
            ...{ bypassed, ticketTypeId: [null, 't', 'u'][place % 3] ?? null },
            headSince: place % 2 === 0 ? since : null,
          }),
        );
        const fits = ({ ticketTypeId, quantity }: WaitingEntry) =>
          [...types.values()].some(
            ({ id, minPerOrder, maxPerOrder, capacity: own }) =>
              (ticketTypeId === null || ticketTypeId === id) &&
              quantity >= minPerOrder &&
              quantity <= Math.min(maxPerOrder, own ?? 99, capacity ?? 99),
          );
        const possible = entries.filter(fits);
        passed += entries.length - possible.length;
        const mayHold = ({ quantity }: WaitingEntry, type: StockedType) => couldEverHold(where, type, quantity);
        const selection = selectWaiting(where, entries, mayHold);
        expect(selection).toEqual(selectWaiting(where, possible, mayHold));
        for (const { entry: served, ticketTypeId } of selection.chosen) {
          const { minPerOrder = 0, maxPerOrder = 0 } = types.get(ticketTypeId) ?? {};
          expect(served.quantity >= minPerOrder && served.quantity <= maxPerOrder).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(passed).toBeGreaterThan(1_000);
  });
});

test('an offer ends with the sale, with registration and with the event, in every one', () => {
  const hours = fc.option(fc.integer({ min: 1, max: 400 }));
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 400 }), hours, hours, (startsInHours, closes, ends) => {
      const base = stock(3, { startsInHours });
      const registrationClosesAt = closes === null ? null : hoursFromNow(closes / 4);
      const salesEndAt = ends === null ? null : hoursFromNow(ends / 4);
      const event = { ...base.event, endDate: hoursFromNow(startsInHours + 6), registrationClosesAt };
      const end = offerEnd({ event, now: NOW }, { salesEndAt });
      const latest = startsInHours > 0 ? event.startDate : event.endDate;
      for (const bound of [latest, registrationClosesAt, salesEndAt, hoursFromNow(24)]) {
        if (bound) expect(end.getTime()).toBeLessThanOrEqual(bound.getTime());
      }
      expect(end.getTime()).toBeGreaterThan(NOW.getTime());
    }),
    { numRuns: 1_000 },
  );
});
