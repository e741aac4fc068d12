import { describe, expect, test } from 'vitest';
import { money, shortened, spanOf, zoneOf } from '../../../src/http/pages/format.ts';
import { homePath, readHomeQuery, searchInput } from '../../../src/http/pages/home-query.ts';
import { readingIn } from '../../../src/http/pages/language.ts';
import { refundWords } from '../../../src/http/pages/refund-words.ts';
import { opensAt, saleOf, seatsLeft } from '../../../src/http/pages/sale.ts';
import type { EventView, TicketTypeView } from '../../../src/http/pages/shapes.ts';
import { sitemapIndex } from '../../../src/http/pages/sitemap.ts';

const NOW = new Date('2027-03-01T12:00:00Z');
const LATER = '2027-03-02T12:00:00.000Z';
const EARLIER = '2027-02-02T12:00:00.000Z';

const type = (fields: Partial<TicketTypeView> = {}): TicketTypeView =>
  ({
    status: 'ON_SALE',
    available: 5,
    minPerOrder: 1,
    maxPerOrder: 10,
    salesStartAt: null,
    salesEndAt: null,
    ...fields,
  }) as TicketTypeView;

const event = (fields: Partial<EventView> = {}): EventView =>
  ({
    status: 'PUBLISHED',
    endDate: '2027-03-05T12:00:00.000Z',
    registrationOpensAt: null,
    registrationClosesAt: null,
    waitlistEnabled: true,
    maxParticipants: null,
    currentParticipants: 0,
    ticketTypes: [type()],
    ...fields,
  }) as EventView;

describe('how an event stands to a guest', () => {
  test.each<[string, Partial<EventView>]>([
    ['open', {}],
    ['open', { ticketTypes: [type({ available: null })] }],
    ['cancelled', { status: 'CANCELLED' }],
    ['postponed', { status: 'POSTPONED' }],
    ['over', { status: 'COMPLETED' }],
    ['over', { endDate: NOW.toISOString() }],
    ['waitlist', { ticketTypes: [type({ available: 0 })] }],
    ['full', { ticketTypes: [type({ available: 0 })], waitlistEnabled: false }],
    ['waitlist', { ticketTypes: [type({ available: 1, minPerOrder: 2 })] }],
    ['opens', { registrationOpensAt: LATER }],
    ['opens', { ticketTypes: [type({ salesStartAt: LATER })] }],
    ['closed', { registrationClosesAt: EARLIER }],
    ['closed', { ticketTypes: [type({ salesEndAt: EARLIER })] }],
    ['closed', { ticketTypes: [type({ status: 'PAUSED' })] }],
    ['closed', { ticketTypes: [] }],
    ['open', { ticketTypes: [type({ available: 0 }), type()] }],
  ])('is %s for %o', (sale, fields) => {
    expect(saleOf(event(fields), NOW)).toBe(sale);
  });

  test('says when the first ticket can be bought', () => {
    const types = [type({ salesStartAt: LATER }), type({ salesStartAt: '2027-03-01T18:00:00.000Z' })];
    expect(opensAt(event({ ticketTypes: types }), NOW)).toBe('2027-03-01T18:00:00.000Z');
    expect(opensAt(event({ ticketTypes: types, registrationOpensAt: LATER }), NOW)).toBe(LATER);
    expect(opensAt(event(), NOW)).toBeNull();
  });

  test('counts the seats that are left, the event’s own capacity taken into account', () => {
    expect(seatsLeft(event({ ticketTypes: [type(), type({ available: 7 })] }))).toBe(12);
    expect(seatsLeft(event({ ticketTypes: [type(), type()], maxParticipants: 8, currentParticipants: 2 }))).toBe(6);
    expect(seatsLeft(event({ ticketTypes: [type({ available: null })] }))).toBeNull();
  });
});

describe('words', () => {
  const [english, german] = [readingIn('en'), readingIn('de')];

  test.each([
    [{ amountMinor: 50_000, currency: 'BDT' }, '৳500'],
    [{ amountMinor: 50_050, currency: 'BDT' }, '৳500.50'],
    [{ amountMinor: 1_250, currency: 'EUR' }, '€12.50'],
    [{ amountMinor: 900, currency: 'JPY' }, 'JP¥900'],
    [{ amountMinor: 1_000, currency: 'USD' }, 'US$10'],
    [{ amountMinor: 12_345, currency: 'BHD' }, 'BHD 12.345'],
  ])('%o is %s', (amount, words) => {
    expect(money(english, amount).replaceAll('\u00a0', ' ')).toBe(words);
  });

  test('tell a span by the clock of the place, and the day once where both are in it', () => {
    const span = { startDate: '2027-03-01T12:00:00Z', endDate: '2027-03-01T16:00:00Z', timeZone: 'Asia/Dhaka' };
    expect(spanOf(english, span, NOW)).toBe('Monday 1 March, 18:00 – 22:00');
    expect(spanOf(german, span, NOW)).toBe('Montag, 1. März, 18:00 – 22:00');
    const long = { ...span, endDate: '2027-03-01T19:00:00Z' };
    expect(spanOf(english, long, NOW)).toBe('Monday 1 March, 18:00 – Tuesday 2 March, 01:00');
    expect(spanOf(english, span, new Date('2026-03-01'))).toContain('2027');
    expect(zoneOf(german, 'America/Argentina/Buenos_Aires')).toBe('Zeit in Buenos Aires');
    expect(zoneOf(english, 'UTC')).toBe('UTC');
  });

  test('tell the rule of refunds, the earliest step first', () => {
    const steps = [
      { hoursBefore: 168, refundBasisPoints: 10_000 },
      { hoursBefore: 24, refundBasisPoints: 5_000 },
      { hoursBefore: 0, refundBasisPoints: 0 },
    ];
    const refundPolicy = { name: 'Own', steps, feesRefundable: true };
    expect(refundWords(english, { refundPolicy, status: 'PUBLISHED' })).toEqual([
      'All your money back until 7 days before it begins.',
      '50% back until 1 day before it begins.',
    ]);
    const none = { ...refundPolicy, steps: [] };
    expect(refundWords(english, { refundPolicy: none, status: 'PUBLISHED' })).toEqual([
      'Tickets cannot be given back for money.',
    ]);
    expect(refundWords(english, { refundPolicy: none, status: 'POSTPONED' })[0]).toContain('all of its money');
  });

  test('are shortened at a word', () => {
    expect(shortened('one two  three', 8)).toBe('one two…');
    expect(shortened('short', 8)).toBe('short');
  });
});

test('what the form says is searched for, a day from where it begins first, and never what is over', () => {
  const query = readHomeQuery({ q: ' jazz ', city: '', from: '2027-03-10', category: 'music', other: 'x' });
  expect(query).toEqual({ q: 'jazz', from: '2027-03-10', category: 'music' });
  expect(homePath(query)).toBe('/?q=jazz&from=2027-03-10&category=music');
  expect(searchInput(query, NOW)).toMatchObject({ words: 'jazz', from: '2027-03-09T10:00:00.000Z', category: 'music' });
  expect(searchInput({ from: '2027-02-10' }, NOW)).not.toHaveProperty('from');
  expect(searchInput({ from: 'soon' }, NOW).from).toBe('soon');
});

test('an index of sitemaps names the first and where each other one begins', () => {
  const index = sitemapIndex('https://rally.example', ['a', 'b']);
  expect(index.match(/<loc>/g)).toHaveLength(3);
  expect(index).toContain('<loc>https://rally.example/sitemap-a.xml</loc>');
});
