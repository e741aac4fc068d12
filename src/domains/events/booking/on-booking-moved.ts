import type { FactContract, PayloadOf } from '../../../kernel/contract.ts';
import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { appendToEvent } from '../event/tell-room.ts';
import { bookingCancelled, bookingConfirmed, bookingDeclined, bookingExpired, ticketTransferred } from '../facts.ts';
import type { BookingRecord } from './booking.rules.ts';
import { cancelled, changed, confirmed } from './contract.ts';
import { participantsOf } from './participants.reads.ts';

interface Deps {
  sockets: Pick<Sockets, 'tellUser'>;
}

interface OfBooking {
  bookingId: string;
  eventId: string;
  userId: string;
}

/**
 * Tells who booked, on all of their devices, that a booking is another than before. Holds are told by who makes them: at
 * a sale they are thousands, which a fact each would not serve faster.
 */
export const onBookingMoved = ({ sockets }: Deps): Subscriber[] => {
  const telling = <F extends FactContract>(fact: F, statusOf: (payload: PayloadOf<F>) => BookingRecord['status']) =>
    subscribe({
      name: `events.tellBookerOf.${fact.name}`,
      fact,
      run: async (payload) => {
        // Safe: every fact below is of a booking.
        const { bookingId, eventId, userId } = payload as OfBooking;
        sockets.tellUser(userId, changed, { bookingId, eventId, status: statusOf(payload) });
      },
    });
  return [
    telling(bookingConfirmed, () => 'CONFIRMED'),
    telling(bookingDeclined, ({ status }) => status),
    telling(bookingCancelled, ({ isWhole }) => (isWhole ? 'CANCELLED' : 'CONFIRMED')),
    telling(bookingExpired, () => 'EXPIRED'),
    telling(ticketTransferred, () => 'CONFIRMED'),
  ];
};

interface RoomDeps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
}

/** Tells who watches an event that there is one more, or one less; who it is stays with the team. */
export const onAttendanceChanged = ({ database, rooms }: RoomDeps): Subscriber[] => [
  subscribe({
    name: 'events.tellRoomOfBooking',
    fact: bookingConfirmed,
    run: async ({ eventId, quantity }, factId) => {
      const data = { eventId, quantity, participants: await participantsOf(database, eventId) };
      await appendToEvent(rooms, eventId, { id: factId, signal: confirmed.name, data });
    },
  }),
  subscribe({
    name: 'events.tellRoomOfCancellation',
    fact: bookingCancelled,
    run: async ({ eventId, quantity, wasConfirmed }, factId) => {
      if (!wasConfirmed) return;
      const data = { eventId, quantity, participants: await participantsOf(database, eventId) };
      await appendToEvent(rooms, eventId, { id: factId, signal: cancelled.name, data });
    },
  }),
];
