import type { Input } from '../../../../src/sdk/index.ts';
import { countOrNull, minorOf } from '../amounts.ts';
import { instantOf, type WallClock } from '../wall-clock.ts';

/** The fields of the form of a new event, as they are typed. */
export interface NewEvent {
  title: string;
  start: WallClock;
  /** IANA. */
  zone: string;
  /** Minutes. */
  length: string;
  place: 'PHYSICAL' | 'ONLINE';
  venue: string;
  address: string;
  city: string;
  onlineUrl: string;
  isPaid: boolean;
  price: string;
  currency: string;
  seats: string;
  description: string;
  summary: string;
  visibility: 'PUBLIC' | 'UNLISTED' | 'FOLLOWERS' | 'PRIVATE';
  approval: 'AUTOMATIC' | 'MANUAL';
  /** RRULE; empty for one event. */
  rule: string;
}

/** Finds faults of the form before the server is asked, by field. */
export const mistakesIn = ({ isPaid, price, currency }: NewEvent): { price?: 'NO_AMOUNT' | 'NOTHING' } => {
  if (!isPaid) return {};
  const minor = minorOf(price, currency);
  if (minor === null) return { price: 'NO_AMOUNT' };
  return minor === 0 ? { price: 'NOTHING' } : {};
};

/** What the server makes of it. @param ticketName what the one kind of ticket is called */
export const toInput = (form: NewEvent, ticketName: string, status: 'DRAFT' | 'PUBLISHED'): Input<'event.create'> => {
  const startDate = instantOf(form.start, form.zone);
  const endDate = new Date(Date.parse(startDate) + Number(form.length) * 60_000).toISOString();
  return {
    ...{ title: form.title, description: form.description, startDate, endDate, timeZone: form.zone, status },
    ...{ currency: form.currency, mode: form.place, visibility: form.visibility, approvalMode: form.approval },
    ...placeOf(form),
    ...(form.summary.trim() === '' ? {} : { summary: form.summary }),
    ticketTypes: [
      {
        name: ticketName,
        price: form.isPaid ? (minorOf(form.price, form.currency) ?? 0) : 0,
        capacity: countOrNull(form.seats),
      },
    ],
  };
};

const placeOf = ({ place, venue, address, city, onlineUrl }: NewEvent): Partial<Input<'event.create'>> => {
  if (place === 'ONLINE') return onlineUrl.trim() === '' ? {} : { onlineUrl: onlineUrl.trim() };
  const filled = Object.entries({ venue, address, city }).filter(([, words]) => words.trim() !== '');
  return Object.fromEntries(filled);
};

/** The same without what a series makes by itself. */
export const toSeries = (input: Input<'event.create'>, recurrenceRule: string): Input<'eventSeries.create'> => {
  const { slug: _slug, ...rest } = input;
  return { ...rest, recurrenceRule };
};
