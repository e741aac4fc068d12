import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wallClockAt } from '../../../../src/domains/events/event-series/wall-clock.rules.ts';
import { type EventWorld, errorOf, newEvent, openEventWorld } from '../support/event-world.ts';

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
  events: { id: string; startDate: string }[];
}

/** A series from tomorrow noon on. */
const input = (fields: object = {}) => {
  const startDate = new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS + DAY_MS + 20 * 3_600_000);
  const endDate = new Date(startDate.getTime() + 2 * 3_600_000);
  const dates = { startDate: startDate.toISOString(), endDate: endDate.toISOString() };
  return newEvent({ ...dates, timeZone: ZONE, recurrenceRule: 'FREQ=DAILY', ...fields });
};
const create = (fields: object = {}) => world.ask<Series>(host, 'eventSeries.create', input(fields));
const rowsOf = (seriesId: string) =>
  world.database.event.findMany({ where: { seriesId }, orderBy: { occurrenceAt: 'asc' } });
const extend = () => world.runJob('eventSeries.extendAll');

describe('windows of a series', () => {
  const HOUR_MS = 3_600_000;
  const earlier = (start: string, hours: number) => new Date(Date.parse(start) - hours * HOUR_MS).toISOString();
  /** Hours from the windows to their start, as the clock on the wall shows them. */
  const hoursBefore = (start: Date, window: Date | null | undefined) =>
    window && (wallMs(start) - wallMs(window)) / HOUR_MS;
  const wallMs = (instant: Date): number => {
    const { year, month, day, hour, minute } = wallClockAt(instant, ZONE);
    return Date.UTC(year, month - 1, day, hour, minute);
  };
  const seen = async (seriesId: string) => {
    const rows = await world.database.event.findMany({
      where: { seriesId },
      orderBy: { occurrenceAt: 'asc' },
      include: { ticketTypes: true },
    });
    return rows.map(({ startDate, registrationOpensAt, registrationClosesAt, ticketTypes: [type] }) => [
      hoursBefore(startDate, registrationOpensAt),
      hoursBefore(startDate, registrationClosesAt),
      hoursBefore(startDate, type?.salesEndAt),
    ]);
  };

  test('are set for every event that follows, and those to come, as far from its start', async () => {
    const { id, events } = await create({ status: 'PUBLISHED' });
    const third = events[2]?.startDate ?? '';
    const windows = { registrationOpensAt: earlier(third, 30), registrationClosesAt: earlier(third, 2) };
    await world.ask(host, 'eventSeries.edit', { eventId: events[2]?.id, scope: 'FOLLOWING', ...windows });
    await extend();
    const [one, two, ...later] = await seen(id);
    expect([one, two]).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
    expect(later.length).toBeGreaterThan(70);
    for (const each of later) expect(each).toEqual([30, 2, null]);
  });

  test('are given for the new time where it is edited too, and move with it where it is edited alone', async () => {
    const types = { ticketTypes: [{ name: 'A', price: 0, salesEndAt: earlier(input().startDate, 1) }] };
    const { id, events } = await create({ ...types, status: 'PUBLISHED' });
    const [first] = events;
    // Sold to somebody: its window is not changed by name, but moves with the start all the same.
    const sold = events[1]?.id ?? '';
    const [type] = await world.database.ticketType.findMany({ where: { eventId: sold } });
    const items = [{ ticketTypeId: type?.id, quantity: 1 }];
    await world.ask(other, 'booking.create', { eventId: sold, items });
    const edit = { eventId: first?.id, scope: 'FOLLOWING' };
    await world.ask(host, 'eventSeries.edit', { ...edit, startTime: '12:00' });
    for (const each of await seen(id)) expect(each).toEqual([null, null, 1]);
    const start = (await rowsOf(id))[0]?.startDate.toISOString() ?? '';
    const at20 = new Date(Date.parse(start) + 8 * HOUR_MS).toISOString();
    const ticketTypes = [{ name: 'A', salesEndAt: earlier(at20, 3) }];
    const changed = await world.ask<{ leftAlone: object[] }>(host, 'eventSeries.edit', {
      ...{ ...edit, startTime: '20:00', ticketTypes },
    });
    expect(changed.leftAlone).toEqual([{ eventId: sold, ticketType: 'A', reason: 'SOLD', fields: ['salesEndAt'] }]);
    await extend();
    const after = await seen(id);
    expect(after.length).toBeGreaterThan(70);
    for (const [place, each] of after.entries()) expect(each).toEqual([null, null, place === 1 ? 1 : 3]);
  });

  test('of events to come move with the start, too', async () => {
    const types = { ticketTypes: [{ name: 'A', salesEndAt: earlier(input().startDate, 1) }] };
    const { id, events } = await create(types);
    await world.ask(host, 'eventSeries.edit', { eventId: events[0]?.id, scope: 'FOLLOWING', startTime: '12:00' });
    await extend();
    const all = await seen(id);
    expect(all.length).toBeGreaterThan(70);
    for (const each of all) expect(each).toEqual([null, null, 1]);
  });

  test('of one event are its own; a template with instants is read as ever', async () => {
    const { id, events } = await create({});
    const closes = earlier(events[4]?.startDate ?? '', 5);
    const one = { eventId: events[4]?.id, scope: 'THIS', registrationClosesAt: closes };
    await world.ask(host, 'eventSeries.edit', one);
    expect((await seen(id)).map(([, hours]) => hours).slice(3, 6)).toEqual([null, 5, null]);
    const contrary = {
      registrationOpensAt: earlier(events[4]?.startDate ?? '', 4),
      registrationClosesAt: earlier(events[4]?.startDate ?? '', 6),
    };
    const edit = { eventId: events[4]?.id, scope: 'FOLLOWING', ...contrary };
    expect(errorOf(await world.call(host, 'eventSeries.edit', edit)).issues?.[0]?.path).toBe('registrationClosesAt');
    // As it was written before windows were distances.
    const { slug: _slug, recurrenceRule: _rule, timeZone: _zone, ...event } = input() as Record<string, unknown>;
    const startDate = events[0]?.startDate ?? '';
    const old = { ...event, startDate, registrationClosesAt: earlier(startDate, 7), ticketTypes: [{ name: 'B' }] };
    await world.database.eventSeries.update({
      where: { id },
      data: { template: { event: old, startTime: null, durationMs: 7_200_000 } },
    });
    await extend();
    expect((await seen(id)).at(-1)).toEqual([null, 7, null]);
  });

  test('a kind of ticket that nobody named is edited in events to come, too', async () => {
    const general = { ticketTypes: undefined, price: 500, maxParticipants: 9 };
    const { id, events } = await create({ ...general });
    const ticketTypes = [{ name: 'General admission', price: 700 }];
    await world.ask(host, 'eventSeries.edit', { eventId: events[0]?.id, scope: 'FOLLOWING', ticketTypes });
    await extend();
    const types = await world.database.ticketType.findMany({ where: { event: { seriesId: id } } });
    expect(types.length).toBeGreaterThan(70);
    expect(new Set(types.map(({ price, capacity }) => `${price} ${capacity}`))).toEqual(new Set(['700 9']));
  });
});
