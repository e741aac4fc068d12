import type { Catalogue } from '../translate.ts';
import { guestBooking } from './guest-booking.ts';
import { guestHome } from './guest-home.ts';
import { guestSettings } from './guest-settings.ts';
import { guestTickets } from './guest-tickets.ts';

/** The pages of who goes to events. */
export const guest: Catalogue = { ...guestBooking, ...guestTickets, ...guestHome, ...guestSettings };
