import type { Input } from '../../../../src/sdk/index.ts';
import { countOrNull } from '../amounts.ts';
import { changesOf } from '../changes.ts';
import { instantOf, instantOrNull, wallClockOf, wallClockOrEmpty } from '../wall-clock.ts';
import type { EventProps } from './event-page.tsx';

type Event = EventProps['event'];
type Edit = Omit<Input<'event.edit'>, 'eventId'>;

/** The fields of the form of an event's details, as they are typed. */
export interface Details {
  title: string;
  summary: string;
  description: string;
  start: string;
  end: string;
  zone: string;
  mode: Event['mode'];
  venue: string;
  address: string;
  city: string;
  postalCode: string;
  country: string;
  onlineUrl: string;
  categoryId: string;
  /** Divided by commas. */
  tags: string;
  visibility: Event['visibility'];
  approvalMode: Event['approvalMode'];
  ageRestriction: Event['ageRestriction'];
  cancellationPolicyId: string;
  maxParticipants: string;
  waitlistEnabled: boolean;
  opens: string;
  closes: string;
}

/** The event as its form shows it. */
export const detailsOf = (event: Event): Details => ({
  ...{ title: event.title, summary: event.summary ?? '', description: event.description },
  start: wallClockOf(event.startDate, event.timeZone),
  end: wallClockOf(event.endDate, event.timeZone),
  ...{ zone: event.timeZone, mode: event.mode },
  ...{ venue: event.venue ?? '', address: event.address ?? '', city: event.city ?? '' },
  ...{ postalCode: event.postalCode ?? '', country: event.country ?? '', onlineUrl: event.onlineUrl ?? '' },
  ...{ categoryId: event.categoryId ?? '', tags: event.tags.join(', ') },
  ...{ visibility: event.visibility, approvalMode: event.approvalMode, ageRestriction: event.ageRestriction },
  cancellationPolicyId: event.cancellationPolicyId ?? '',
  maxParticipants: event.maxParticipants === null ? '' : String(event.maxParticipants),
  waitlistEnabled: event.waitlistEnabled,
  opens: wallClockOrEmpty(event.registrationOpensAt, event.timeZone),
  closes: wallClockOrEmpty(event.registrationClosesAt, event.timeZone),
});

const orNull = (words: string): string | null => (words.trim() === '' ? null : words.trim());

const toEdit = (form: Details): Edit => ({
  ...{ title: form.title, summary: orNull(form.summary), description: form.description },
  startDate: instantOf(form.start, form.zone),
  endDate: instantOf(form.end, form.zone),
  ...{ timeZone: form.zone, mode: form.mode },
  ...{ venue: orNull(form.venue), address: orNull(form.address), city: orNull(form.city) },
  ...{ postalCode: orNull(form.postalCode), country: orNull(form.country), onlineUrl: orNull(form.onlineUrl) },
  categoryId: orNull(form.categoryId),
  tags: form.tags.split(',').flatMap((tag) => orNull(tag) ?? []),
  ...{ visibility: form.visibility, approvalMode: form.approvalMode, ageRestriction: form.ageRestriction },
  cancellationPolicyId: orNull(form.cancellationPolicyId),
  maxParticipants: countOrNull(form.maxParticipants),
  waitlistEnabled: form.waitlistEnabled,
  registrationOpensAt: instantOrNull(form.opens, form.zone),
  registrationClosesAt: instantOrNull(form.closes, form.zone),
});

/** Gives the changes of the form as the server takes them; empty where nothing changed. */
export const editOf = (event: Event, form: Details): Edit => changesOf(toEdit(detailsOf(event)), toEdit(form));
