import type { Mutation } from '../mutation.ts';

const MOVED = 'test/domains/events/booking/moved-dates.test.ts';
const SIZES = 'test/domains/events/waitlist/order-sizes.test.ts';
const PRICE = 'test/domains/events/event/price.test.ts';

/** Series, dates, prices and orders: what guests are shown and were promised is what holds. */
export const events: readonly Mutation[] = [
  {
    id: 'windows-by-elapsed-time',
    breaks: 'The windows of a series keep the clock on the wall where clocks are changed.',
    file: 'src/domains/events/windows.rules.ts',
    from: 'const measure = (at: Date): number => readingOf(at, timeZone) - origin;',
    to: 'const measure = (at: Date): number => at.getTime() - start.getTime();',
    tests: ['test/domains/events/event-series/windows.test.ts'],
    named: 'keep their time of day in the week in which clocks change',
  },
  {
    id: 'new-date-is-not-told',
    breaks: 'A start that an edit moves by an hour or more is a new date, told and with its rights.',
    file: 'src/domains/events/event/new-date.steps.ts',
    from: "if (status !== 'PUBLISHED' || byMs === 0) return false;",
    to: "if (status !== 'POSTPONED' || byMs === 0) return false;",
    tests: [MOVED],
    named: 'by an hour or more is another date: told, everything goes back for two weeks, then by the new date',
  },
  {
    id: 'refund-by-the-old-date',
    breaks: 'The steps of a refund count from the date in force.',
    file: 'src/domains/events/booking/refund-policy.ts',
    from: 'const startMs = startDate.getTime();',
    to: 'const startMs = new Date(policy.startsAt).getTime() * (startDate.getTime() > 0 ? 1 : 2);',
    tests: [MOVED],
    named: 'by less counts for the steps of a refund all the same',
  },
  {
    id: 'unfit-entry-keeps-seats',
    breaks: 'Nothing is kept for who waits and could never be served.',
    file: 'src/domains/events/inventory/awaited.reads.ts',
    from: '  AND w.quantity BETWEEN t.min_per_order AND least(t.max_per_order, t.capacity, e.max_participants)\n',
    to: '',
    tests: [SIZES],
  },
  {
    id: 'offer-at-the-price-of-the-day',
    breaks: 'An offer of the waitlist keeps its price.',
    file: 'src/domains/events/waitlist/accept.ts',
    from: 'priceMinor: price ?? type.priceMinor',
    to: 'priceMinor: price === null ? 0n : type.priceMinor',
    tests: [SIZES],
    named: 'keeps its price and its size, whatever the host changes',
  },
  {
    id: 'price-of-what-is-closed',
    breaks: 'The price of an event is one that can be bought.',
    file: 'src/domains/events/event/price.writes.ts',
    from: "t.visibility = 'PUBLIC' AND t.status = 'ON_SALE'\n",
    to: "t.visibility = 'PUBLIC'\n",
    tests: [PRICE],
  },
];
