import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { createSoldOut } from '../inventory/sold-out.store.ts';
import { approveBooking } from './approve.ts';
import { cancelBooking } from './cancel.ts';
import * as booking from './contract.ts';
import { createBooking } from './create.ts';
import { getBooking } from './get.ts';
import { listOwnBookings } from './list.ts';
import { markNoShows } from './mark-no-show.ts';
import { markBookingPaid } from './mark-paid.ts';
import { markBookingRefunded } from './mark-refunded.ts';
import { onAttendanceChanged, onBookingMoved } from './on-booking-moved.ts';
import { onDateMoved } from './on-date-moved.ts';
import { onDispute } from './on-dispute.ts';
import { onPaymentCaptured } from './on-payment-captured.ts';
import { onSeatsChanged } from './on-seats-changed.ts';
import { listOwedRefunds } from './owed-refunds.ts';
import { payBooking } from './pay.ts';
import { quoteBooking } from './quote.ts';
import { quoteRefund } from './refund-quote.ts';
import { rejectBooking } from './reject.ts';
import { sweepExpiredBookings } from './sweep-expired.job.ts';
import { listTickets } from './tickets.ts';
import { withdrawBooking } from './withdraw.ts';

/** Bookings, from the quote to the ticket. */
export const bookingTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    quoteBooking(deps),
    createBooking({ ...deps, soldOut: createSoldOut(deps.redis.cache) }),
    approveBooking(deps),
    rejectBooking(),
    withdrawBooking(),
    payBooking(deps),
    markBookingPaid(deps),
    markBookingRefunded(),
    listOwedRefunds(deps),
    cancelBooking(),
    quoteRefund(deps),
    getBooking(deps),
    listOwnBookings(deps),
    listTickets(deps),
    markNoShows(),
  ],
  signals: [booking.capacity, booking.confirmed, booking.cancelled, booking.changed],
  jobs: [sweepExpiredBookings(deps)],
  subscribers: [
    onSeatsChanged(deps),
    onPaymentCaptured(deps),
    ...onDispute(deps),
    ...onDateMoved(deps),
    ...onBookingMoved(deps),
    ...onAttendanceChanged(deps),
  ],
});
