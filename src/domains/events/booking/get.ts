import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { get } from './contract.ts';
import { canSeeBooking } from './policy.ts';
import { presentBookingTo } from './present.ts';
import { lookAtBooking } from './subject.ts';

/** One booking, as far as it is the caller's. */
export const getBooking = ({ database }: { database: Database }) =>
  handle(get, {
    load: ({ bookingId }, { actor }) => lookAtBooking(database, bookingId, actor),
    sees: canSeeBooking,
    allow: anyone,
    run: (_input, subject, { actor }) => presentBookingTo(actor, subject),
  });
