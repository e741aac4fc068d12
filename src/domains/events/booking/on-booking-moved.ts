import type { z } from 'zod';
import type { FactContract } from '../../../kernel/contract.ts';
import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { appendToEvent } from '../event/tell-room.ts';
import {
  bookingCancelled,
  bookingConfirmed,
  bookingDeclined,
  bookingExpired,
  bookingHeld,
  ticketTransferred,
} from '../facts.ts';
import { findBooking } from './booking.reads.ts';
import { cancelled, changed, confirmed } from './contract.ts';
import { participantsOf } from './participants.reads.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
}

type OfBooking = FactContract & { payload: z.ZodType<{ bookingId: string; eventId: string; userId: string }> };

const FACTS: OfBooking[] = [
  bookingHeld,
  bookingConfirmed,
  bookingDeclined,
  bookingCancelled,
  bookingExpired,
  ticketTransferred,
];

/** Tells who booked, on all of their devices, that a booking is another than before. */
export const onBookingMoved = ({ database, rooms }: Deps): Subscriber[] =>
  FACTS.map((fact) =>
    subscribe({
      name: `events.tellBookerOf.${fact.name}`,
      fact,
      run: async ({ bookingId, eventId, userId }, factId) => {
        const booking = await findBooking(database, bookingId);
        if (!booking) return;
        const data = { bookingId, eventId, status: booking.status };
        await rooms.append(`user:${userId}`, { id: factId, signal: changed.name, data }).catch(passOverClosedAccount);
      },
    }),
  );

/** Who has closed their account has no room any more, and nobody in it. */
const passOverClosedAccount = (error: unknown): void => {
  if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
};

/** Tells who watches an event that there is one more, or one less; who it is stays with the team. */
export const onAttendanceChanged = ({ database, rooms }: Deps): Subscriber[] => [
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
