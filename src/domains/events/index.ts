import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';
import { approveBooking } from './booking/approve.ts';
import { cancelBooking } from './booking/cancel.ts';
import * as booking from './booking/contract.ts';
import { createBooking } from './booking/create.ts';
import { getBooking } from './booking/get.ts';
import { listOwnBookings } from './booking/list.ts';
import { markNoShows } from './booking/mark-no-show.ts';
import { markBookingPaid } from './booking/mark-paid.ts';
import { markBookingRefunded } from './booking/mark-refunded.ts';
import { onAttendanceChanged, onBookingMoved } from './booking/on-booking-moved.ts';
import { onDateMoved } from './booking/on-date-moved.ts';
import { onDispute } from './booking/on-dispute.ts';
import { onEventCancelled } from './booking/on-event-cancelled.ts';
import { onPaymentCaptured } from './booking/on-payment-captured.ts';
import { onSeatsChanged } from './booking/on-seats-changed.ts';
import { listOwedRefunds } from './booking/owed-refunds.ts';
import { payBooking } from './booking/pay.ts';
import { quoteBooking } from './booking/quote.ts';
import { quoteRefund } from './booking/refund-quote.ts';
import { rejectBooking } from './booking/reject.ts';
import { sweepCancelledEvents } from './booking/sweep-cancelled.job.ts';
import { sweepExpiredBookings } from './booking/sweep-expired.job.ts';
import { listTickets } from './booking/tickets.ts';
import { withdrawBooking } from './booking/withdraw.ts';
import { createPolicy } from './cancellation-policy/create.ts';
import { listPolicies } from './cancellation-policy/list.ts';
import { createCategory } from './category/create.ts';
import { editCategory } from './category/edit.ts';
import { listAllCategories } from './category/list.ts';
import { moveCategory } from './category/move.ts';
import { advanceDueEvents } from './event/advance-due.job.ts';
import { archiveEvent } from './event/archive.ts';
import { archiveOldEvents } from './event/archive-old.job.ts';
import { cancelEvent } from './event/cancel.ts';
import { completeEvent } from './event/complete.ts';
import { announced, updated } from './event/contract.ts';
import { createEvent } from './event/create.ts';
import { deleteEvent } from './event/delete.ts';
import { editEvent } from './event/edit.ts';
import { getEvent } from './event/get.ts';
import { listOwnEvents } from './event/list.ts';
import { onEventMoved } from './event/on-event-moved.ts';
import { onEventUpdated } from './event/on-event-updated.ts';
import { onStandingLost } from './event/on-standing-lost.ts';
import { postponeEvent } from './event/postpone.ts';
import { publishEvent } from './event/publish.ts';
import { rescheduleEvent } from './event/reschedule.ts';
import { reviewEvent } from './event/review.ts';
import { createEventRoom } from './event/room.ts';
import { searchEvents } from './event/search.ts';
import { setEventCover } from './event/set-cover.ts';
import { submitEventForReview } from './event/submit-for-review.ts';
import { sweepEventPrices } from './event/sweep-prices.job.ts';
import { withdrawEvent } from './event/withdraw.ts';
import { createSeries } from './event-series/create.ts';
import { editSeries } from './event-series/edit.ts';
import { endSeries } from './event-series/end.ts';
import { extendAllSeries } from './event-series/extend-all.job.ts';
import { getSeries } from './event-series/get.ts';
import { listSeries } from './event-series/list.ts';
import { publishSeries } from './event-series/publish.ts';
import { deleteUpdate } from './event-update/delete.ts';
import { listUpdates } from './event-update/list.ts';
import { onUpdatePublished } from './event-update/on-update-published.ts';
import { pinUpdate } from './event-update/pin.ts';
import { publishUpdate } from './event-update/publish.ts';
import { acceptInvite } from './host/accept.ts';
import { inviteHost } from './host/invite.ts';
import { listHosts } from './host/list.ts';
import { removeHost } from './host/remove.ts';
import { setHostRole } from './host/set-role.ts';
import { setHostShare } from './host/set-share.ts';
import { clearSoldOut } from './inventory/on-seats-freed.ts';
import { createSoldOut } from './inventory/sold-out.store.ts';
import { createPromoCode } from './promo-code/create.ts';
import { deactivatePromoCode } from './promo-code/deactivate.ts';
import { editPromoCode } from './promo-code/edit.ts';
import { listPromoCodes } from './promo-code/list.ts';
import { addSavedEvent } from './saved-event/add.ts';
import { listSavedEvents } from './saved-event/list.ts';
import { removeSavedEvent } from './saved-event/remove.ts';
import { regenerateTicket } from './ticket/regenerate.ts';
import { transferTicket } from './ticket/transfer.ts';
import { createTicketType } from './ticket-type/create.ts';
import { removeTicketType } from './ticket-type/delete.ts';
import { editTicketType } from './ticket-type/edit.ts';
import { listTicketTypes } from './ticket-type/list.ts';
import { reorderTicketTypes } from './ticket-type/reorder.ts';
import { acceptWaitlistOffer } from './waitlist/accept.ts';
import { moved } from './waitlist/contract.ts';
import { declineOffer } from './waitlist/decline.ts';
import { joinWaitlist } from './waitlist/join.ts';
import { leaveWaitlist } from './waitlist/leave.ts';
import { listWaitlist } from './waitlist/list.ts';
import { onEntryMoved } from './waitlist/on-entry-moved.ts';
import { onSeatsFreed } from './waitlist/on-seats-freed.ts';
import { prioritizeEntry } from './waitlist/prioritize.ts';
import { revokeEntry } from './waitlist/revoke.ts';
import { sweepWaitlist } from './waitlist/sweep.job.ts';

/** What this domain stands on. */
type Ground = Pick<
  Platform,
  | 'database'
  | 'replica'
  | 'rooms'
  | 'clock'
  | 'log'
  | 'sealing'
  | 'subjectKeys'
  | 'config'
  | 'redis'
  | 'sockets'
  | 'pictures'
>;

/** Events, and how people get in. */
export const createEvents = (ground: Ground): Domain<Transaction> => ({
  name: 'events',
  operations: [
    ...ofEvents(ground),
    ...ofTeams(ground),
    ...ofTicketTypes(ground),
    ...ofCatalogues(ground),
    ...ofBookings(ground),
    ...ofWaitlists(ground),
    ...ofCodesAndTickets(ground),
  ],
  signals: [announced, updated, booking.capacity, booking.confirmed, booking.cancelled, booking.changed, moved],
  rooms: [createEventRoom(ground)],
  jobs: [
    archiveOldEvents(ground),
    advanceDueEvents(ground),
    sweepEventPrices(ground),
    extendAllSeries(ground),
    sweepCancelledEvents(ground),
    sweepExpiredBookings(ground),
    sweepWaitlist(ground),
  ],
  subscribers: [
    ...onEventMoved(ground),
    onEventUpdated(ground),
    ...onStandingLost(ground),
    onUpdatePublished(ground),
    ...onBookings(ground),
  ],
});

const ofEvents = (ground: Ground) => [
  createEvent(ground),
  getEvent(ground),
  searchEvents(ground),
  listOwnEvents(ground),
  editEvent(ground),
  setEventCover(ground),
  submitEventForReview(ground),
  withdrawEvent(ground),
  reviewEvent(ground),
  publishEvent(ground),
  postponeEvent(ground),
  rescheduleEvent(ground),
  cancelEvent(ground),
  completeEvent(ground),
  archiveEvent(ground),
  deleteEvent(),
  createSeries(ground),
  getSeries(ground),
  listSeries(ground),
  editSeries(ground),
  publishSeries(ground),
  endSeries(ground),
];

const ofTeams = (ground: Ground) => [
  inviteHost(ground),
  acceptInvite(ground),
  setHostRole(ground),
  setHostShare(ground),
  removeHost(),
  listHosts(ground),
  publishUpdate(),
  pinUpdate(),
  deleteUpdate(),
  listUpdates(ground),
];

const ofTicketTypes = (ground: Ground) => [
  createTicketType(),
  editTicketType(),
  removeTicketType(),
  reorderTicketTypes(),
  listTicketTypes(ground),
];

const ofCatalogues = (ground: Ground) => [
  listAllCategories(ground),
  createCategory(),
  editCategory(),
  moveCategory(),
  listPolicies(ground),
  createPolicy(),
  listSavedEvents(ground),
  addSavedEvent(),
  removeSavedEvent(),
];

const ofBookings = (ground: Ground) => [
  quoteBooking(ground),
  createBooking({ ...ground, soldOut: createSoldOut(ground.redis.cache) }),
  approveBooking(ground),
  rejectBooking(),
  withdrawBooking(),
  payBooking(ground),
  markBookingPaid(ground),
  markBookingRefunded(),
  listOwedRefunds(ground),
  cancelBooking(),
  quoteRefund(ground),
  getBooking(ground),
  listOwnBookings(ground),
  listTickets(ground),
  markNoShows(),
];

const ofWaitlists = (ground: Ground) => [
  joinWaitlist(),
  leaveWaitlist(),
  acceptWaitlistOffer(ground),
  declineOffer(),
  revokeEntry(),
  prioritizeEntry(),
  listWaitlist(ground),
];

const ofCodesAndTickets = (ground: Ground) => [
  createPromoCode(),
  editPromoCode(),
  deactivatePromoCode(),
  listPromoCodes(ground),
  transferTicket(ground),
  regenerateTicket(),
];

const onBookings = (ground: Ground) => [
  clearSoldOut({ ...ground, soldOut: createSoldOut(ground.redis.cache) }),
  onSeatsFreed(ground),
  onSeatsChanged(ground),
  onPaymentCaptured(ground),
  ...onDispute(ground),
  onEventCancelled(ground),
  ...onDateMoved(ground),
  ...onBookingMoved(ground),
  ...onAttendanceChanged(ground),
  ...onEntryMoved(ground),
];
