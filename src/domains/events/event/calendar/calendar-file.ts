import ical, { ICalEventStatus } from 'ical-generator';

/** An entry of a calendar, before it is written as a file. */
export interface Entry {
  /** The same for ever: by it a calendar knows an entry that it has. */
  uid: string;
  event: {
    title: string;
    summary: string | null;
    status: string;
    startDate: Date;
    endDate: Date;
    createdAt: Date;
    updatedAt: Date;
    venue: string | null;
    address: string | null;
    city: string | null;
    country: string | null;
    latitude: number | null;
    longitude: number | null;
  };
  /** The page that says more of it, which no calendar asks for by itself. */
  address: string;
  /** Takes the place of where it is, for who was told the address of an online event. */
  onlineUrl?: string | null;
  /** It is called off for whoever has this entry, though the event may take place. */
  isCancelled?: boolean;
  /** When something beside the event changed last. */
  changedAt?: Date;
  now: Date;
}

/**
 * A calendar with one entry (RFC 5545). Times are in UTC, which every calendar shows in the zone of its reader. SEQUENCE counts
 * the seconds from when the event was made until it changed last, so that it grows with every change.
 */
export const calendarFile = ({ uid, event, address, onlineUrl = null, isCancelled, changedAt, now }: Entry): string => {
  const changed = Math.max(event.updatedAt.getTime(), changedAt?.getTime() ?? 0);
  const calendar = ical({ prodId: { company: 'Rally', product: 'Rally', language: 'EN' } });
  calendar.createEvent({
    id: uid,
    sequence: Math.max(0, Math.floor((changed - event.createdAt.getTime()) / 1_000)),
    stamp: now,
    start: event.startDate,
    end: event.endDate,
    summary: event.title,
    description: [event.summary, address].filter((line) => line !== null).join('\n\n'),
    location: placeOf(event, onlineUrl),
    url: address,
    status: isCancelled ? ICalEventStatus.CANCELLED : statusOf(event.status),
  });
  // The last line ends like every other one.
  return `${calendar.toString()}\r\n`;
};

const placeOf = (
  { venue, address, city, country, latitude, longitude }: Entry['event'],
  onlineUrl: string | null,
): { title: string; geo?: { lat: number; lon: number } } | null => {
  const title = [venue, address, city, country].filter((part) => part !== null && part !== '').join(', ');
  if (title === '') return onlineUrl === null ? null : { title: onlineUrl };
  return latitude === null || longitude === null ? { title } : { title, geo: { lat: latitude, lon: longitude } };
};

const statusOf = (status: string): ICalEventStatus => {
  if (status === 'CANCELLED') return ICalEventStatus.CANCELLED;
  return status === 'POSTPONED' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;
};

/** The part of a UID behind the @: the server that gives it. */
export const uidHost = (publicUrl: string): string => new URL(publicUrl).hostname;
