import { newEvent } from '../../../domains/events/support/event-world.ts';
import type { PagesWorld } from './open-pages.ts';

/** Events of invented people, in every state in which a page can find one. */
export interface Furnished {
  eventId: string;
  bankTypeId: string;
  hostId: string;
  paths: Record<'event' | 'soldOut' | 'cancelled' | 'postponed' | 'free' | 'person' | 'arabic', string>;
}

const DAY_MS = 86_400_000;
const at = (days: number, hour: number): string => {
  const date = new Date(Date.now() + days * DAY_MS);
  date.setUTCHours(hour, 0, 0, 0);
  return date.toISOString();
};
const lasting = (days: number, hours: number) => ({ startDate: at(days, 12), endDate: at(days, 12 + hours) });

const DHAKA = { timeZone: 'Asia/Dhaka', city: 'Dhaka', country: 'Bangladesh' };
const FREE = { name: 'Seat', price: 0, capacity: 40 };

export const furnish = async (world: PagesWorld): Promise<Furnished> => {
  const { people, ask, database } = world;
  const [host = '', guest = '', other = ''] = people;
  await database.user.update({ where: { id: host }, data: { username: 'amina' } });
  const profile = { firstName: 'Amina', lastName: 'Larsson', headline: 'Evenings by the water' };
  await database.profile.update({ where: { userId: host }, data: profile });
  await ask(host, 'profile.update', { bio: 'I walk along rivers and ask people to come along.' });
  const publish = async (fields: object) => {
    const { id } = await ask(host, 'event.create', newEvent({ status: 'PUBLISHED', ...fields }));
    return ask(host, 'event.get', { eventId: id });
  };
  const lanterns = await publish({
    title: 'Lanterns on the river',
    summary: 'An evening walk with small boats, a choir and tea.',
    description:
      'Bring a light. Boats leave the pier in groups of six; children are welcome with a grown-up.\n\nIf it rains we move under the arches, and you are told here and by mail. More at https://example.org/lanterns.',
    ...lasting(3, 4),
    ...DHAKA,
    venue: 'Boat club, north pier',
    address: 'Dhanmondi lake',
    latitude: 23.746,
    longitude: 90.376,
    maxParticipants: 60,
    ticketTypes: [
      { name: 'Seat in a boat', description: 'Six in a boat', price: 50_000, capacity: 12, salesEndAt: at(3, 6) },
      { name: 'On the bank', description: 'Standing', price: 0, capacity: 48 },
    ],
  });
  await ask(host, 'eventUpdate.publish', {
    eventId: lanterns.id,
    title: 'The choir sings at 19:30',
    body: 'Doors of the tea house open at five.',
  });
  const bank = lanterns.ticketTypes.find(({ name }) => name === 'On the bank')?.id ?? '';
  await ask(guest, 'booking.create', { eventId: lanterns.id, items: [{ ticketTypeId: bank, quantity: 1 }] });
  await publish({
    title: 'TypeScript at the harbour: types that tell the truth, an evening for people who write servers',
    venue: 'Speicher 7',
    city: 'Hamburg',
    timeZone: 'Europe/Berlin',
    ...lasting(6, 3),
    currency: 'EUR',
    ticketTypes: [{ name: 'Regular', price: { amountMinor: 1_250, currency: 'EUR' }, capacity: 80 }],
  });
  const free = await publish({
    title: 'Sunday run',
    venue: 'Ramna park',
    ...DHAKA,
    ...lasting(5, 2),
    ticketTypes: [FREE],
  });
  await publish({ title: 'Book circle', mode: 'ONLINE', ...lasting(9, 2), ticketTypes: [FREE] });
  const arabic = await publish({
    title: 'أمسية موسيقية على ضفاف النيل',
    summary: 'عود وقانون وشاي بالنعناع',
    description: 'نلتقي عند المرسى قبل الغروب بنصف ساعة.',
    language: 'ar',
    city: 'القاهرة',
    timeZone: 'Africa/Cairo',
    currency: 'EGP',
    ...lasting(12, 3),
    ticketTypes: [{ name: 'مقعد', price: { amountMinor: 15_000, currency: 'EGP' }, capacity: 30 }],
  });
  const full = await publish({
    title: 'Kitchen table concert',
    ...DHAKA,
    ...lasting(2, 3),
    ticketTypes: [{ name: 'Chair', price: 0, capacity: 1 }],
  });
  const chair = full.ticketTypes[0]?.id ?? '';
  await ask(other, 'booking.create', { eventId: full.id, items: [{ ticketTypeId: chair, quantity: 1 }] });
  const cancelled = await publish({ title: 'Rooftop cinema', ...DHAKA, ...lasting(4, 3) });
  await ask(host, 'event.cancel', { eventId: cancelled.id, reason: 'WEATHER' });
  const postponed = await publish({ title: 'Kite day', ...DHAKA, ...lasting(7, 3) });
  await ask(host, 'event.postpone', { eventId: postponed.id });
  return {
    eventId: lanterns.id,
    bankTypeId: bank,
    hostId: host,
    paths: {
      event: `/e/${lanterns.slug}`,
      soldOut: `/e/${full.slug}`,
      cancelled: `/e/${cancelled.slug}`,
      postponed: `/e/${postponed.slug}`,
      free: `/e/${free.slug}`,
      arabic: `/e/${arabic.slug}`,
      person: '/u/amina',
    },
  };
};
