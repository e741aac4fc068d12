import { isBookable, saleOf } from './sale.ts';
import type { EventView, TeamMember, TicketTypeView } from './shapes.ts';

interface About {
  event: EventView;
  hosts: readonly TeamMember[];
  /** Of the event's page. */
  address: string;
  description: string;
  origin: string;
  now: Date;
}

const STATUS: Partial<Record<EventView['status'], string>> = {
  CANCELLED: 'EventCancelled',
  POSTPONED: 'EventPostponed',
};

const ATTENDANCE: Record<EventView['mode'], string> = {
  PHYSICAL: 'OfflineEventAttendanceMode',
  ONLINE: 'OnlineEventAttendanceMode',
  HYBRID: 'MixedEventAttendanceMode',
};

/** The event as search engines read it, https://schema.org/Event. */
export const eventData = ({ event, hosts, address, description, origin, now }: About): object => ({
  '@context': 'https://schema.org',
  '@type': 'Event',
  name: event.title,
  description,
  url: address,
  startDate: event.startDate,
  endDate: event.endDate,
  inLanguage: event.language,
  eventStatus: `https://schema.org/${STATUS[event.status] ?? 'EventScheduled'}`,
  eventAttendanceMode: `https://schema.org/${ATTENDANCE[event.mode]}`,
  ...(event.cover ? { image: event.cover.sources.map(({ url }) => new URL(url, origin).href) } : {}),
  ...(event.maxParticipants === null ? {} : { maximumAttendeeCapacity: event.maxParticipants }),
  isAccessibleForFree: event.isFree,
  location: locationsOf(event, address),
  organizer: hosts
    .filter(({ username }) => username !== '')
    .map(({ firstName, lastName, username }) => ({
      '@type': 'Person',
      name: `${firstName} ${lastName}`.trim(),
      url: `${origin}/u/${username}`,
    })),
  offers: event.ticketTypes.map((type) => offerOf(event, type, { address, now })),
});

const locationsOf = (event: EventView, address: string): object[] => {
  const { mode, venue, city, region, postalCode, country, latitude, longitude } = event;
  const known = (value: string | null, name: string) => (value === null ? {} : { [name]: value });
  const place = {
    '@type': 'Place',
    name: venue ?? city ?? event.title,
    address: {
      '@type': 'PostalAddress',
      ...known(event.address, 'streetAddress'),
      ...known(city, 'addressLocality'),
      ...known(region, 'addressRegion'),
      ...known(postalCode, 'postalCode'),
      ...known(country, 'addressCountry'),
    },
    ...(latitude === null || longitude === null ? {} : { geo: { '@type': 'GeoCoordinates', latitude, longitude } }),
  };
  // Where it is online is told to those who are admitted; to everybody else the page is the place.
  const online = { '@type': 'VirtualLocation', url: address };
  if (mode === 'ONLINE') return [online];
  return mode === 'HYBRID' ? [place, online] : [place];
};

const offerOf = (event: EventView, type: TicketTypeView, { address, now }: Pick<About, 'address' | 'now'>) => ({
  '@type': 'Offer',
  name: type.name,
  url: address,
  price: decimal(type.priceWithTax),
  priceCurrency: type.priceWithTax.currency,
  availability: `https://schema.org/${availabilityOf(event, type, now)}`,
  ...(type.salesStartAt === null ? {} : { validFrom: type.salesStartAt }),
  ...(type.salesEndAt === null ? {} : { validThrough: type.salesEndAt }),
});

const availabilityOf = (event: EventView, type: TicketTypeView, now: Date): string => {
  if (isBookable(event, type, now)) return 'InStock';
  const isAhead = type.salesStartAt !== null && Date.parse(type.salesStartAt) > now.getTime();
  if (isAhead || saleOf(event, now) === 'opens') return 'PreOrder';
  return type.available === 0 ? 'SoldOut' : 'OutOfStock';
};

/** An amount with a point and the currency's own digits: `12.50`. */
const decimal = ({ amountMinor, currency }: { amountMinor: number; currency: string }): string => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return (amountMinor / 10 ** digits).toFixed(digits);
};
