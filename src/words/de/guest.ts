import type { Catalogue } from '../translate.ts';
import { guestBooking } from './guest-booking.ts';
import { guestTickets } from './guest-tickets.ts';

/** The pages of who goes to events. */
export const guest: Catalogue = { ...guestBooking, ...guestTickets };
