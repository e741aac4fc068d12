import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendarFile, type Entry } from '../../../../src/domains/events/event/calendar/calendar-file.ts';
import { type BookingWorld, openBookingWorld } from '../support/booking-world.ts';
import { codeOf } from '../support/event-world.ts';

let world: BookingWorld;
beforeAll(async () => {
  world = await openBookingWorld({ PUBLIC_URL: 'https://rally.example' });
});
afterAll(() => world?.close());

/** The properties of the one entry, unfolded and without escapes (RFC 5545, 3.1 and 3.3.11). */
const entryOf = (file: string): Map<string, string> => {
  const lines = file.replaceAll('\r\n ', '').split('\r\n');
  const inside = lines.slice(lines.indexOf('BEGIN:VEVENT') + 1, lines.indexOf('END:VEVENT'));
  return new Map(
    inside.map((line) => {
      const [, name = '', value = ''] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/s.exec(line) ?? [];
      return [name, value.replaceAll(/\\([\\;,nN])/g, (_all, each: string) => (/n/i.test(each) ? '\n' : each))];
    }),
  );
};

const EVENT: Entry['event'] = {
  ...{ title: 'Lanterns', summary: null, status: 'PUBLISHED', venue: 'Pier', address: null, city: null, country: null },
  ...{ startDate: new Date('2027-03-01T12:00:00Z'), endDate: new Date('2027-03-01T14:00:00Z') },
  ...{ createdAt: new Date('2026-01-01'), updatedAt: new Date('2026-01-02'), latitude: null, longitude: null },
};
const NOW = new Date('2026-02-01T00:00:00Z');
const entry = (changes: Partial<Entry> = {}): Entry => ({
  ...{ uid: 'event-1@rally.example', event: EVENT, address: 'https://rally.example/e/lanterns', now: NOW },
  ...changes,
});

test('whatever an event is called, its file holds one entry, lines of 75 bytes at most, and the words come back', () => {
  const words = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\p{Cc}\p{Surrogate}]/gu, ' ').trim());
  fc.assert(
    fc.property(
      words.filter((text) => text !== ''),
      words,
      (title, venue) => {
        const file = calendarFile(entry({ event: { ...EVENT, title, venue, summary: `${title};\n,${venue}` } }));
        expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
        expect(file.match(/BEGIN:VEVENT/g)?.length ?? 0).toBeGreaterThanOrEqual(1);
        for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const read = entryOf(file);
        expect(read.get('SUMMARY')).toBe(title);
        expect(read.get('LOCATION') ?? '').toBe(venue);
        expect(read.get('DTSTART')).toBe('20270301T120000Z');
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['PUBLISHED', 'CONFIRMED'],
  ['ONGOING', 'CONFIRMED'],
  ['POSTPONED', 'TENTATIVE'],
  ['CANCELLED', 'CANCELLED'],
])('an event that is %s is %s in calendars', (status, shown) => {
  expect(entryOf(calendarFile(entry({ event: { ...EVENT, status } }))).get('STATUS')).toBe(shown);
});

test('a later change has a higher number, of the event or of the ticket', () => {
  const sequence = (changes: Partial<Entry>) => Number(entryOf(calendarFile(entry(changes))).get('SEQUENCE'));
  const moved = { ...EVENT, updatedAt: new Date('2026-01-03') };
  expect(sequence({ event: moved })).toBeGreaterThan(sequence({}));
  expect(sequence({ changedAt: new Date('2026-01-05') })).toBeGreaterThan(sequence({ event: moved }));
});

test('a ticket is in its holder’s calendar, follows the event, and is called off when it is given back', async () => {
  const [host = '', guest = '', other = ''] = world.people;
  const sale = await world.sell([{ name: 'Regular', price: 0 }], {
    onlineUrl: 'https://meet.example/room',
    mode: 'ONLINE',
  });
  const { id: bookingId, admissions } = await world.book(guest, sale);
  const admissionId = admissions[0]?.id ?? '';
  const read = async () => {
    const { text } = await world.ask<{ text: string }>(guest, 'ticket.calendar', { admissionId });
    return entryOf(text);
  };
  const first = await read();
  expect(first.get('UID')).toBe(`ticket-${admissionId}@rally.example`);
  expect(first.get('STATUS')).toBe('CONFIRMED');
  expect(first.get('LOCATION')).toBe('https://meet.example/room');
  expect(codeOf(await world.call(other, 'ticket.calendar', { admissionId }))).toBe('NOT_FOUND');

  await world.database.event.update({
    where: { id: sale.eventId },
    data: { createdAt: new Date(Date.now() - 60_000) },
  });
  const startDate = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const endDate = new Date(Date.now() + 6 * 86_400_000).toISOString();
  await world.ask(host, 'event.edit', { eventId: sale.eventId, startDate, endDate });
  const moved = await read();
  expect(moved.get('UID')).toBe(first.get('UID'));
  expect(moved.get('DTSTART')).not.toBe(first.get('DTSTART'));
  expect(Number(moved.get('SEQUENCE'))).toBeGreaterThan(Number(first.get('SEQUENCE')));

  await world.ask(guest, 'booking.cancel', { bookingId });
  const over = await read();
  expect(over.get('STATUS')).toBe('CANCELLED');
  expect(over.has('LOCATION')).toBe(false);
  expect(Number(over.get('SEQUENCE'))).toBeGreaterThanOrEqual(Number(moved.get('SEQUENCE')));
});
