import { type ChargesSnapshot, priceCharges } from '../../domains/payments/api.ts';
import type { Transaction } from '../../platform/db/client.ts';
import { seedId } from '../ids.ts';
import { categoryId, policyId } from '../reference/ids.ts';
import { CANCELLATION_POLICIES } from '../reference/money.ts';
import { DEMO_EVENTS, type DemoEvent } from './events.ts';
import type { Person, PersonIds } from './guests.ts';
import { PLACES } from './places.ts';

export interface Scene {
  ids: PersonIds;
  now: Date;
}

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;
/** The policy of all demo events. */
export const POLICY = 'Moderate';

export const eventId = (slug: string): string => seedId(`event ${slug}`);
const ticketId = (slug: string, name: string): string => seedId(`ticket ${slug} ${name}`);
const bookingId = (slug: string, person: Person): string => seedId(`booking ${slug} ${person}`);
export const admissionId = (slug: string, person: Person): string => seedId(`admission ${slug} ${person}`);

/** When it begins: on the hour, so that it looks as somebody would have planned it. */
export const startOf = ({ startsInHours }: DemoEvent, now: Date): Date =>
  new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS + startsInHours * HOUR_MS);
export const endOf = (event: DemoEvent, now: Date): Date =>
  new Date(startOf(event, now).getTime() + event.lengthHours * HOUR_MS);

/** Events, their tickets, and who has one. Money takes no part: whoever has a ticket has a free one. */
export const writeEvents = async (tx: Transaction, people: Scene): Promise<void> => {
  await tx.event.createMany({ data: DEMO_EVENTS.map((event) => eventRow(event, people)) });
  await tx.ticketType.createMany({ data: DEMO_EVENTS.flatMap(ticketRows) });
  const prices = await Promise.all(
    DEMO_EVENTS.map(async (event) => [event.slug, await priceOf(tx, event, people)] as const),
  );
  const sale = { ...people, prices: new Map(prices) };
  await tx.booking.createMany({ data: eachBooked((event, person) => bookingRow(event, person, sale)) });
  await tx.inventoryHold.createMany({ data: eachBooked((event, person) => holdRow(event, person, people)) });
  await tx.eventParticipant.createMany({ data: eachBooked((event, person) => admissionRow(event, person, people)) });
  const waiting = DEMO_EVENTS.flatMap((event) =>
    (event.waiting ?? []).map((person) => waitingRow(event, person, people)),
  );
  await tx.waitlist.createMany({ data: waiting });
};

const eventRow = (event: DemoEvent, { ids, now }: Scene) => {
  const { slug, title, summary, description, type, status, mode = 'PHYSICAL', tags, tickets, booked } = event;
  const prices = tickets.map(({ price }) => price ?? 0n);
  const price = prices.reduce((least, each) => (each < least ? each : least));
  const publishedAt = new Date(startOf(event, now).getTime() - 30 * DAY_MS);
  const capacity = tickets.reduce<number | null>(
    (sum, each) => (sum === null || each.capacity === undefined ? null : sum + each.capacity),
    0,
  );
  return {
    ...{ id: eventId(slug), slug, title, summary, description, type, status, mode, tags, ...PLACES[event.place] },
    ...{ hostId: ids[event.host], categoryId: categoryId(event.category), cancellationPolicyId: policyId(POLICY) },
    ...{ startDate: startOf(event, now), endDate: endOf(event, now), maxParticipants: capacity },
    ...{ isFree: price === 0n, price, sold: booked.length, currentParticipants: booked.length },
    ...{ publishedAt, createdAt: publishedAt },
    completedAt: status === 'COMPLETED' ? endOf(event, now) : null,
    ...(status === 'CANCELLED'
      ? { cancelledAt: now, cancellationReason: 'VENUE_UNAVAILABLE' as const, cancellationNote: description }
      : {}),
  };
};

const ticketRows = ({ slug, tickets, booked }: DemoEvent) =>
  tickets.map(({ name, capacity = null, price = 0n }, sortOrder) => ({
    ...{ id: ticketId(slug, name), eventId: eventId(slug), name, capacity, price, sortOrder },
    sold: sortOrder === 0 ? booked.length : 0,
    oneActivePerUser: price === 0n,
  }));

/** Booked some days before the event, or lately; one after the other. */
const bookedAt = (event: DemoEvent, person: Person, now: Date): Date => {
  const latest = Math.min(now.getTime(), startOf(event, now).getTime()) - HOUR_MS;
  return new Date(latest - (event.booked.indexOf(person) + 1) * 5 * HOUR_MS);
};

const eachBooked = <Row>(rowOf: (event: DemoEvent, person: Person) => Row): Row[] =>
  DEMO_EVENTS.flatMap((event) => event.booked.map((person) => rowOf(event, person)));

/** What a booking of one free ticket is charged, by the rules in force. */
const priceOf = async (tx: Transaction, { slug, host, category, tickets }: DemoEvent, { ids, now }: Scene) => {
  const [{ name }] = tickets;
  const line = {
    ticketTypeId: ticketId(slug, name),
    description: name,
    quantity: 1,
    unitPriceMinor: 0n,
    discountMinor: 0n,
  };
  const target = { hostId: ids[host], eventId: eventId(slug), categoryId: categoryId(category), currency: 'BDT' };
  return (await priceCharges(tx, { ...target, lines: [{ ...line, taxRateId: null }], now })).snapshot;
};

/** The policy of all demo events, as a booking keeps it. */
const policyAt = (startsAt: Date) => {
  const { name, kind, steps = [] } = CANCELLATION_POLICIES.find((policy) => policy.name === POLICY) ?? {};
  return { name, kind, steps, feesRefundable: false, startsAt: startsAt.toISOString() };
};

interface Sale extends Scene {
  prices: ReadonlyMap<string, ChargesSnapshot>;
}

const bookingRow = (event: DemoEvent, person: Person, { ids, now, prices }: Sale) => {
  const at = bookedAt(event, person, now);
  const id = bookingId(event.slug, person);
  return {
    ...{ id, userId: ids[person], eventId: eventId(event.slug), status: 'CONFIRMED' as const },
    ...{ reference: id.slice(-8).toUpperCase(), quantity: 1, subtotalAmount: 0n, totalAmount: 0n },
    ...{ createdAt: at, confirmedAt: at, policySnapshot: policyAt(startOf(event, now)) },
    priceSnapshot: { ...prices.get(event.slug), promoCode: null },
  };
};

const holdRow = (event: DemoEvent, person: Person, { ids, now }: Scene) => ({
  ...{ id: seedId(`hold ${event.slug} ${person}`), eventId: eventId(event.slug), userId: ids[person], quantity: 1 },
  ...{ ticketTypeId: ticketId(event.slug, event.tickets[0].name), bookingId: bookingId(event.slug, person) },
  ...{ state: 'SOLD' as const, createdAt: bookedAt(event, person, now), settledAt: bookedAt(event, person, now) },
});

const admissionRow = (event: DemoEvent, person: Person, { ids, now }: Scene) => ({
  ...{ id: admissionId(event.slug, person), eventId: eventId(event.slug), bookingId: bookingId(event.slug, person) },
  ...{ holdId: seedId(`hold ${event.slug} ${person}`), ticketTypeId: ticketId(event.slug, event.tickets[0].name) },
  ...{ userId: ids[person], status: 'ISSUED' as const, issuedAt: bookedAt(event, person, now) },
});

const waitingRow = (event: DemoEvent, person: Person, { ids, now }: Scene) => ({
  ...{ id: seedId(`waiting ${event.slug} ${person}`), eventId: eventId(event.slug), userId: ids[person] },
  ...{ ticketTypeId: ticketId(event.slug, event.tickets[0].name), joinedAt: new Date(now.getTime() - DAY_MS) },
});
