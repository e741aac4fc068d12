import type { Catalogue } from '../translate.ts';
import { guestBooking } from './guest-booking.ts';

/** The pages of who goes to events. */
export const guest: Catalogue = { ...guestBooking };
