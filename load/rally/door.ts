import { randomUUID } from 'node:crypto';
import type { User } from './api.ts';
import { get, mapSome, post } from './http.ts';

const AT_ONCE = 8;
/** Tickets of one booking. */
export const PER_BOOKING = 10;
/** Bookings that one person makes at once. */
const BOOKERS = 20;

/** An event that begins soon, with doors, staff and tickets. */
export interface Doors {
  eventId: string;
  staffIds: string[];
  codes: string[];
}

/**
 * Opens an event of the first user's, makes others its door staff, and books free tickets in the names of the rest.
 * @param tickets at most as many are booked, in tens
 */
export const openDoors = async (
  url: string,
  users: readonly User[],
  { doors, tickets }: { doors: number; tickets: number },
): Promise<Doors> => {
  const [host, ...others] = users;
  if (!host || others.length === 0) throw new Error('A door needs a host, and somebody who stands at it.');
  const eventId = await createEvent(url, host, tickets);
  const staff = others.slice(0, doors);
  await mapSome(staff, AT_ONCE, async (user) => {
    await post(`${url}/v1/events/${eventId}/hosts`, { userId: user.id, role: 'DOOR_STAFF' }, host);
    await post(`${url}/v1/events/${eventId}/hosts/accept`, {}, user);
  });
  const { ticketTypes } = await get<{ ticketTypes: { id: string }[] }>(`${url}/v1/events/${eventId}`, host);
  const orders = Array.from({ length: Math.ceil(tickets / PER_BOOKING) }, (_, place) => users[place % BOOKERS] ?? host);
  const codes = await mapSome(orders, AT_ONCE, async (user) => {
    const items = [{ ticketTypeId: ticketTypes[0]?.id, quantity: PER_BOOKING }];
    const headers = { ...user, idempotencyKey: randomUUID() };
    const { id } = await post<{ id: string }>(`${url}/v1/events/${eventId}/bookings`, { items }, headers);
    const given = await get<{ code: string }[]>(`${url}/v1/bookings/${id}/tickets`, user);
    return given.map(({ code }) => code);
  });
  return { eventId, staffIds: staff.map(({ id }) => id), codes: codes.flat().slice(0, tickets) };
};

const createEvent = async (url: string, host: User, capacity: number): Promise<string> => {
  const atHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const ticketTypes = [{ name: 'Regular', price: 0, capacity: capacity + PER_BOOKING, maxPerOrder: PER_BOOKING }];
  const input = {
    ...{ title: 'Doors', description: 'Doors that open', startDate: atHours(1), endDate: atHours(4) },
    ticketTypes,
  };
  const { id } = await post<{ id: string }>(`${url}/v1/events`, input, host);
  await post(`${url}/v1/events/${id}/publish`, {}, host);
  return id;
};

/** The totals of an event's doors. */
export const readDoor = (url: string, host: User, eventId: string): Promise<{ admitted: number; inside: number }> =>
  get(`${url}/v1/events/${eventId}/door`, host);

/** Scans that let somebody in, and the tickets that they let in, from the door's log. */
export const countAdmitted = async (
  url: string,
  host: User,
  eventId: string,
): Promise<{ scans: number; tickets: number }> => {
  const tickets = new Set<string>();
  let scans = 0;
  let cursor = '';
  for (;;) {
    const page = await get<{ items: { admissionId: string }[]; nextCursor: string | null }>(
      `${url}/v1/events/${eventId}/check-ins?outcome=ADMITTED&limit=100${cursor}`,
      host,
    );
    scans += page.items.length;
    for (const { admissionId } of page.items) tickets.add(admissionId);
    if (page.nextCursor === null) return { scans, tickets: tickets.size };
    cursor = `&cursor=${page.nextCursor}`;
  }
};
