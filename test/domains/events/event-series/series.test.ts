import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reachOf } from '../../../../src/domains/events/event-series/reach.ts';
import { MAX_PAYMENT_MINOR } from '../../../../src/domains/payments/money/contract.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { codeOf, type EventWorld, errorOf, newEvent, openEventWorld } from '../support/event-world.ts';

let world: EventWorld;
let host: string;
let other: string;

beforeAll(async () => {
  world = await openEventWorld();
  [host = '', other = ''] = world.people;
});
afterAll(() => world?.close());

const DAY_MS = 86_400_000;
const ZONE = 'America/New_York';

interface Series {
  id: string;
  endsAt: string | null;
  generatedUntil: string | null;
  events: {
    id: string;
    slug: string;
    status: string;
    startDate: string;
    endDate: string;
    occurrenceAt: string;
    venue: string | null;
  }[];
}

/** A weekly series from tomorrow noon on, or as asked. */
const input = (fields: object = {}) => {
  const startDate = new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS + DAY_MS + 20 * 3_600_000);
  const endDate = new Date(startDate.getTime() + 2 * 3_600_000);
  const dates = { startDate: startDate.toISOString(), endDate: endDate.toISOString() };
  return newEvent({ ...dates, timeZone: ZONE, recurrenceRule: 'FREQ=WEEKLY', ...fields });
};
const create = (fields: object = {}) => world.ask<Series>(host, 'eventSeries.create', input(fields));
const clockIn = (instant: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, timeStyle: 'short' }).format(new Date(instant));
const rowsOf = (seriesId: string) =>
  world.database.event.findMany({ where: { seriesId }, orderBy: { occurrenceAt: 'asc' } });
const extend = () => world.runJob('eventSeries.extendAll');

describe('a series', () => {
  test('has its events twelve weeks ahead, each a real event at the same time of day', async () => {
    const series = await create();
    expect(series.events).toHaveLength(12);
    expect(new Set(series.events.map(({ startDate }) => clockIn(startDate))).size).toBe(1);
    expect(series.events[0]?.slug).toMatch(/^tech-meetup-\d{8}-[0-9a-f]{8}$/);
    const first = await world.ask(host, 'event.get', { eventId: series.events[0]?.id });
    expect(first).toMatchObject({
      status: 'DRAFT',
      seriesId: series.id,
      ticketTypes: [{ name: 'Regular' }, { name: 'VIP' }],
    });
  });

  test('that begins later than twelve weeks from now is checked as any other', async () => {
    const far = (days: number) => new Date(Math.ceil(Date.now() / DAY_MS + days) * DAY_MS).toISOString();
    const later = { startDate: far(200), endDate: far(201), recurrenceRule: 'FREQ=MONTHLY' };
    const policy = { name: 'Mine', kind: 'CUSTOM', steps: [{ hoursBefore: 1, refundBasisPoints: 10_000 }] };
    const theirs = await world.ask<{ id: string }>(other, 'cancellationPolicy.create', policy);
    const refusal = async (fields: object) =>
      errorOf(await world.call(host, 'eventSeries.create', input({ ...later, ...fields }))).issues?.[0]?.path;
    expect(await refusal({ categoryId: newId() })).toBe('categoryId');
    expect(await refusal({ cancellationPolicyId: theirs.id })).toBe('cancellationPolicyId');
    expect(await refusal({ currency: 'XXX', ticketTypes: [{ name: 'A', price: 1 }] })).toBe('currency');
    expect(await refusal({ ticketTypes: [{ name: 'A', price: 1, taxRateId: newId() }] })).toBe(
      'ticketTypes.0.taxRateId',
    );
    const twice = { ticketTypes: [{ name: 'A' }, { name: 'A' }] };
    expect(codeOf(await world.call(host, 'eventSeries.create', input({ ...later, ...twice })))).toBe('CONFLICT');
    const { events } = await create();
    const edit = { eventId: events[0]?.id, scope: 'FOLLOWING', cancellationPolicyId: theirs.id };
    expect(errorOf(await world.call(host, 'eventSeries.edit', edit)).issues?.[0]?.path).toBe('cancellationPolicyId');
  });

  test('that begins late has its first twelve weeks, or its next twelve events within a year', async () => {
    const startDate = new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS + 150 * DAY_MS);
    startDate.setUTCDate(15);
    const endDate = new Date(startDate.getTime() + 2 * 3_600_000);
    const late = { startDate: startDate.toISOString(), endDate: endDate.toISOString() };
    const counts: number[] = [];
    for (const recurrenceRule of ['FREQ=WEEKLY', 'FREQ=MONTHLY', 'FREQ=MONTHLY;INTERVAL=3', 'FREQ=YEARLY;INTERVAL=3'])
      counts.push((await create({ ...late, recurrenceRule })).events.length);
    expect(counts).toEqual([13, 12, 5, 1]);
  });

  test('whose events are years apart has the next one, and is extended when it has begun', async () => {
    const leap = { startDate: '2028-02-29T18:00:00Z', endDate: '2028-02-29T20:00:00Z', timeZone: 'UTC' };
    const { id, events } = await create({ ...leap, recurrenceRule: 'FREQ=YEARLY' });
    expect(events.map(({ startDate }) => startDate.slice(0, 10))).toEqual(['2028-02-29']);
    const rule = { recurrenceRule: 'FREQ=YEARLY', startsAt: new Date(leap.startDate), timeZone: 'UTC', endsAt: null };
    expect(reachOf(rule, new Date('2028-02-29T19:00:00Z')).until.toISOString()).toBe('2032-02-29T18:00:00.000Z');
    // As if it had begun.
    await world.database.event.updateMany({
      where: { seriesId: id },
      data: { slug: `earlier-${id}`, occurrenceAt: new Date('2024-02-29') },
    });
    const past = { startsAt: new Date('2024-02-29T18:00:00Z'), generatedUntil: new Date('2028-01-01T00:00:00Z') };
    await world.database.eventSeries.update({ where: { id }, data: { ...past, extendAt: new Date(0) } });
    await extend();
    expect((await rowsOf(id)).map(({ startDate }) => startDate.getUTCFullYear())).toEqual([2028, 2028]);
    const { extendAt } = await world.database.eventSeries.findUniqueOrThrow({ where: { id } });
    expect(extendAt?.getTime()).toBeGreaterThan(Date.now());
  });

  test('goes on by itself, in batches, and makes nothing twice however many workers look', async () => {
    const { id, events } = await create({ recurrenceRule: 'FREQ=DAILY' });
    expect(events).toHaveLength(20);
    await Promise.all([extend(), extend(), extend()]);
    await extend();
    const made = await rowsOf(id);
    const [first] = made;
    const expected = 1 + Math.floor((Date.now() + 84 * DAY_MS - (first?.startDate.getTime() ?? 0)) / DAY_MS);
    expect(made).toHaveLength(expected);
    expect(new Set(made.map(({ occurrenceAt }) => clockIn(occurrenceAt?.toISOString() ?? ''))).size).toBe(1);
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(expected);
    // Weeks go by.
    const from = new Date(Date.now() + 40 * DAY_MS);
    await world.database.event.deleteMany({ where: { seriesId: id, occurrenceAt: { gte: from } } });
    await world.database.eventSeries.update({ where: { id }, data: { generatedUntil: from } });
    await extend();
    expect((await rowsOf(id)).map(({ slug }) => slug)).toEqual(made.map(({ slug }) => slug));
  });

  test('that was published publishes what it makes; sales end as long before each event', async () => {
    const { startDate } = input();
    const salesEndAt = new Date(Date.parse(startDate) - 3_600_000).toISOString();
    const { events } = await create({ status: 'PUBLISHED', ticketTypes: [{ name: 'A', price: 100, salesEndAt }] });
    for (const { id: eventId, startDate: start } of events) {
      const [type] = await world.database.ticketType.findMany({ where: { eventId } });
      expect(Date.parse(start) - (type?.salesEndAt?.getTime() ?? 0)).toBe(3_600_000);
      expect(await world.facts('event.published', eventId)).toHaveLength(1);
    }
  });

  test('does not bring back an occurrence that was thrown away', async () => {
    const { id, events } = await create();
    const gone = events[3]?.id ?? '';
    await world.ask(host, 'event.delete', { eventId: gone });
    const before = new Date(Date.parse(events[2]?.occurrenceAt ?? '') + 1);
    await world.database.eventSeries.update({ where: { id }, data: { generatedUntil: before } });
    await extend();
    const { events: after } = await world.ask<Series>(host, 'eventSeries.get', { seriesId: id });
    expect(after.map((event) => event.id)).toEqual(
      events.filter((event) => event.id !== gone).map((event) => event.id),
    );
  });

  test('that cannot go on holds up no other', async () => {
    const category = await world.database.eventCategory.create({
      data: { name: 'Old', slug: `old-${newId().slice(-6)}` },
    });
    const [stuck, fine] = [await create({ categoryId: category.id }), await create()];
    await world.database.eventCategory.update({ where: { id: category.id }, data: { isActive: false } });
    for (const { id, events } of [stuck, fine]) {
      const back = new Date(Date.parse(events[5]?.occurrenceAt ?? '') + 1);
      await world.database.event.deleteMany({ where: { seriesId: id, occurrenceAt: { gt: back } } });
      await world.database.eventSeries.update({ where: { id }, data: { generatedUntil: back } });
    }
    await extend();
    expect([await rowsOf(stuck.id), await rowsOf(fine.id)].map(({ length }) => length)).toEqual([6, 12]);
    await world.database.eventSeries.delete({ where: { id: stuck.id } });
  });

  test.each([
    ['a rule nobody knows', { recurrenceRule: 'every tuesday' }, 'recurrenceRule'],
    ['hours', { recurrenceRule: 'FREQ=DAILY;BYHOUR=1,2' }, 'recurrenceRule'],
    ['a first event that is none', { recurrenceRule: 'FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2' }, 'startDate'],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }, 'timeZone'],
  ])('refuses %s', async (_what, fields, path) => {
    const error = errorOf(await world.call(host, 'eventSeries.create', input(fields)));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] });
  });
});

describe('eventSeries.edit', () => {
  test('THIS changes one event, FOLLOWING it and all that come, those not made yet included', async () => {
    const series = await create({ recurrenceRule: 'FREQ=DAILY' });
    const [first, second, third] = series.events;
    await world.ask(host, 'eventSeries.edit', { eventId: second?.id, scope: 'THIS', venue: 'Other Hall' });
    await world.ask(host, 'eventSeries.edit', {
      ...{ eventId: third?.id, scope: 'FOLLOWING', venue: 'New Hall', startTime: '19:30', durationMinutes: 90 },
    });
    await extend();
    const [one, two, ...later] = await rowsOf(series.id);
    expect([one?.venue, two?.venue]).toEqual([null, 'Other Hall']);
    expect(clockIn(one?.startDate.toISOString() ?? '')).toBe(clockIn(first?.startDate ?? ''));
    expect(later.length).toBeGreaterThan(75);
    for (const event of later) {
      expect(event.venue).toBe('New Hall');
      expect(clockIn(event.startDate.toISOString())).toBe('19:30');
      expect(event.endDate.getTime() - event.startDate.getTime()).toBe(90 * 60_000);
    }
    expect(await world.facts('event.updated', third?.id ?? '')).toHaveLength(1);
    expect(await world.facts('event.updated', first?.id ?? '')).toEqual([]);
  });

  test('leaves what is cancelled as it is, and is its host’s alone', async () => {
    const series = await create({ status: 'PUBLISHED' });
    const [first, second] = series.events;
    await world.ask(host, 'event.cancel', { eventId: second?.id });
    const edit = { eventId: first?.id, scope: 'FOLLOWING', venue: 'Hall' };
    expect(codeOf(await world.call(other, 'eventSeries.edit', edit))).toBe('NOT_FOUND');
    await world.ask(host, 'eventSeries.edit', edit);
    const venues = (await rowsOf(series.id)).map(({ venue }) => venue);
    expect(venues.slice(0, 3)).toEqual(['Hall', null, 'Hall']);
  });
});

test('eventSeries.list shows one’s own series page by page, newest first', async () => {
  const [, , owner = ''] = world.people;
  const make = () => world.ask<Series>(owner, 'eventSeries.create', input());
  const made = [await make(), await make(), await make()];
  interface Page {
    items: { id: string; nextStartDate: string | null }[];
    nextCursor: string | null;
  }
  const page = (cursor?: string) => world.ask<Page>(owner, 'eventSeries.list', { limit: 2, cursor });
  const first = await page();
  expect(first.items.map(({ id, nextStartDate }) => [id, nextStartDate])).toEqual(
    [made[2], made[1]].map((series) => [series?.id, series?.events[0]?.startDate]),
  );
  const second = await page(first.nextCursor ?? '');
  expect(second).toMatchObject({ items: [{ id: made[0]?.id }], nextCursor: null });
});

describe('eventSeries.edit of ticket types', () => {
  const HOUR_MS = 3_600_000;
  interface Edited extends Series {
    leftAlone: { eventId: string; ticketType: string; reason: string; fields: string[] }[];
  }
  const typesOf = (eventId: string) =>
    world.database.ticketType.findMany({ where: { eventId }, orderBy: { sortOrder: 'asc' } });
  const onSale = () =>
    create({
      ...{ status: 'PUBLISHED', recurrenceRule: 'FREQ=DAILY' },
      ticketTypes: [
        { name: 'Seat', price: 0, capacity: 5 },
        { name: 'Box', price: 900, capacity: 2 },
      ],
    });
  const editTypes = (eventId: string | undefined, ticketTypes: object[], scope = 'FOLLOWING') =>
    world.ask<Edited>(host, 'eventSeries.edit', { eventId, scope, ticketTypes });

  test('changes every event that follows and those to come, and none before', async () => {
    const { id: seriesId, events } = await onSale();
    const [first, second] = events;
    const salesEndAt = new Date(Date.parse(second?.startDate ?? '') - 2 * HOUR_MS).toISOString();
    const change = { name: 'Box', newName: 'Balcony', price: 1_200, capacity: 3, salesEndAt };
    const { leftAlone } = await editTypes(second?.id, [change]);
    expect(leftAlone).toEqual([]);
    await extend();
    const [untouched, ...later] = await rowsOf(seriesId);
    expect(await typesOf(untouched?.id ?? '')).toMatchObject([{ name: 'Seat' }, { name: 'Box', price: 900n }]);
    expect(untouched?.id).toBe(first?.id);
    expect(later.length).toBeGreaterThan(events.length);
    for (const { id, startDate } of later) {
      const [seat, balcony] = await typesOf(id);
      expect(seat).toMatchObject({ name: 'Seat', price: 0n, capacity: 5, salesEndAt: null });
      expect(balcony).toMatchObject({ name: 'Balcony', price: 1_200n, capacity: 3 });
      // Clocks may have been changed between the two.
      expect(Math.abs(startDate.getTime() - 2 * HOUR_MS - (balcony?.salesEndAt?.getTime() ?? 0))).toBeLessThanOrEqual(
        HOUR_MS,
      );
    }
    expect(await world.facts('event.updated', second?.id ?? '')).toHaveLength(1);
  });

  test('leaves what was sold at its price, lets it grow, and says so', async () => {
    const { events } = await onSale();
    const [first, second, third] = events;
    const [seat] = await typesOf(second?.id ?? '');
    const items = [{ ticketTypeId: seat?.id, quantity: 1 }];
    await world.ask(other, 'booking.create', { eventId: second?.id, items });
    await world.database.ticketType.deleteMany({ where: { eventId: third?.id ?? '', name: 'Box' } });
    const grown = await editTypes(first?.id, [
      { name: 'Seat', price: 300, capacity: 8 },
      { name: 'Box', capacity: 1 },
    ]);
    expect(grown.leftAlone).toEqual([
      { eventId: second?.id, ticketType: 'Seat', reason: 'SOLD', fields: ['price'] },
      { eventId: third?.id, ticketType: 'Box', reason: 'MISSING', fields: ['capacity'] },
    ]);
    expect(await typesOf(first?.id ?? '')).toMatchObject([{ price: 300n, capacity: 8 }, { capacity: 1 }]);
    expect(await typesOf(second?.id ?? '')).toMatchObject([{ price: 0n, capacity: 8, sold: 1 }, { capacity: 1 }]);
    const { leftAlone } = await editTypes(first?.id, [{ name: 'Seat', newName: 'Chair', capacity: 6 }]);
    expect(leftAlone).toEqual([
      { eventId: second?.id, ticketType: 'Seat', reason: 'SOLD', fields: ['newName', 'capacity'] },
    ]);
    expect(await typesOf(second?.id ?? '')).toMatchObject([{ name: 'Seat', capacity: 8 }, {}]);
  });

  test('of one event changes that one', async () => {
    const { events } = await onSale();
    await editTypes(events[1]?.id, [{ name: 'Box', price: 100 }], 'THIS');
    const prices = await Promise.all(events.slice(0, 3).map(async ({ id }) => (await typesOf(id))[1]?.price));
    expect(prices).toEqual([900n, 100n, 900n]);
  });

  test('of a kind that is not there, or named twice, or taken, changes nothing', async () => {
    const { events } = await onSale();
    const attempt = (ticketTypes: object[]) =>
      world.call(host, 'eventSeries.edit', { eventId: events[0]?.id, scope: 'FOLLOWING', ticketTypes });
    const path = (place: number) => [{ path: `ticketTypes.${place}.name` }];
    expect(errorOf(await attempt([{ name: 'Sofa', price: 1 }])).issues).toMatchObject(path(0));
    const twice = [
      { name: 'Box', price: 1 },
      { name: 'Box', price: 2 },
    ];
    expect(errorOf(await attempt(twice)).issues).toMatchObject(path(1));
    expect(codeOf(await attempt([{ name: 'Box', newName: 'Seat', price: 1 }]))).toBe('CONFLICT');
    const beyond = [{ price: -1 }, { price: MAX_PAYMENT_MINOR + 1 }, { price: 900, capacity: -1 }];
    for (const [place, change] of beyond.entries()) {
      const field = place === 2 ? 'capacity' : 'price';
      const { code, issues } = errorOf(
        await attempt([
          { name: 'Seat', price: 1 },
          { name: 'Box', ...change },
        ]),
      );
      expect(code).toBe('INVALID_INPUT');
      expect(issues?.map(({ path }) => path)).toEqual([`ticketTypes.1.${field}`]);
    }
    const asMoney = { amountMinor: MAX_PAYMENT_MINOR + 1, currency: 'BDT' };
    const { code, issues } = errorOf(await attempt([{ name: 'Box', price: asMoney }]));
    expect([code, issues?.[0]?.path]).toEqual(['INVALID_INPUT', expect.stringMatching(/^ticketTypes\.0\.price/)]);
    for (const { id } of events) expect((await typesOf(id))[0]).toMatchObject({ name: 'Seat', price: 0n });
    for (const { id } of events) expect((await typesOf(id))[1]).toMatchObject({ name: 'Box', price: 900n });
  });
});

test('eventSeries.publish puts all drafts on sale, once', async () => {
  const { id: seriesId, events } = await create();
  const published = await world.ask<Series>(host, 'eventSeries.publish', { seriesId });
  expect(published.events.every(({ status }) => status === 'PUBLISHED')).toBe(true);
  await world.ask(host, 'eventSeries.publish', { seriesId });
  for (const { id } of events) expect(await world.facts('event.published', id)).toHaveLength(1);
  expect(codeOf(await world.call(other, 'eventSeries.publish', { seriesId }))).toBe('NOT_FOUND');
});

test('eventSeries.end throws later drafts away, and nothing is made any more', async () => {
  const { id: seriesId, events } = await create();
  const ended = await world.ask<Series>(host, 'eventSeries.end', { seriesId, endsAt: events[4]?.occurrenceAt });
  expect(ended.events.map(({ id }) => id)).toEqual(events.slice(0, 4).map(({ id }) => id));
  await extend();
  const after = await world.ask<Series>(host, 'eventSeries.get', { seriesId });
  expect(after.events).toHaveLength(4);
  expect(codeOf(await world.call(other, 'eventSeries.get', { seriesId }))).toBe('NOT_FOUND');
});

describe('eventSeries.preview', () => {
  test('shows the days that a series would have, and keeps nothing', async () => {
    const { startDate } = input();
    const asked = { startDate, timeZone: ZONE, recurrenceRule: 'FREQ=WEEKLY;COUNT=5' };
    const shown = await world.ask<{ occurrences: string[]; hasMore: boolean }>(host, 'eventSeries.preview', asked);
    expect([shown.occurrences.length, shown.occurrences[0], shown.hasMore]).toEqual([5, startDate, false]);
    const { events } = await create({ startDate, recurrenceRule: 'FREQ=WEEKLY;COUNT=5' });
    expect(events.map((event) => event.startDate)).toEqual(shown.occurrences);
    const many = await world.ask<{ occurrences: string[]; hasMore: boolean }>(host, 'eventSeries.preview', {
      ...{ startDate, timeZone: ZONE, recurrenceRule: 'FREQ=DAILY' },
    });
    expect([many.occurrences.length, many.hasMore]).toEqual([100, true]);
  });

  test('refuses what eventSeries.create refuses, at the field', async () => {
    const asked = { startDate: input().startDate, timeZone: ZONE };
    const wrong = errorOf(await world.call(host, 'eventSeries.preview', { ...asked, recurrenceRule: 'FREQ=HOURLY' }));
    expect(wrong).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'recurrenceRule' }] });
  });
});
