import { z } from 'zod';
import {
  BookingCancellationReason,
  EventCancellationReason,
  EventHostRole,
  UpdateAudience,
  UpdateKind,
  WaitlistStatus,
} from '../../generated/prisma/enums.ts';
import { fact } from '../../kernel/contract.ts';
import { Id } from '../../kernel/wire.ts';

const Time = z.iso.datetime();
const ofEvent = z.object({ eventId: Id, hostId: Id });

export const eventSubmitted = fact({
  name: 'event.submitted',
  summary: 'The team asked staff to look at a draft before it is published.',
  payload: ofEvent.extend({ submittedBy: Id }),
});

export const eventReturned = fact({
  name: 'event.returned',
  summary: 'An event went back from review to draft: staff rejected it, or the team withdrew it.',
  payload: ofEvent.extend({ returnedBy: Id, reason: z.string().nullable() }),
});

export const eventPublished = fact({
  name: 'event.published',
  summary: 'An event went on sale for the first time.',
  payload: ofEvent.extend({ title: z.string(), startDate: Time, endDate: Time, publishedAt: Time }),
});

export const eventUpdated = fact({
  name: 'event.updated',
  summary:
    'What an event says of itself changed. `changed` names the fields, also of its ticket types (`ticketTypes`).',
  payload: ofEvent.extend({ changed: z.array(z.string()).min(1), updatedBy: Id }),
});

export const eventPostponed = fact({
  name: 'event.postponed',
  summary: 'An event will not be when it was announced; its bookings stay and nothing is sold.',
  payload: ofEvent.extend({ note: z.string().nullable(), postponedAt: Time }),
});

export const eventRescheduled = fact({
  name: 'event.rescheduled',
  summary:
    'An event has new dates: it was postponed and is on sale again, or (`wasPostponed` false) an edit moved its start.',
  payload: ofEvent.extend({
    startDate: Time,
    endDate: Time,
    previousStartDate: Time,
    wasPostponed: z.boolean().default(true),
    rescheduledAt: Time.optional(),
  }),
});

export const eventStarted = fact({
  name: 'event.started',
  summary: 'An event’s start has come.',
  payload: ofEvent.extend({ startedAt: Time }),
});

export const eventCompleted = fact({
  name: 'event.completed',
  summary: 'An event is over and took place.',
  payload: ofEvent.extend({ completedAt: Time }),
});

export const eventCancelled = fact({
  name: 'event.cancelled',
  summary: 'An event will not take place: its bookings are cancelled and paid back, its offers revoked.',
  payload: ofEvent.extend({
    cancelledBy: Id,
    reason: z.enum(EventCancellationReason),
    note: z.string().nullable(),
    cancelledAt: Time,
  }),
});

export const eventArchived = fact({
  name: 'event.archived',
  summary: 'A finished or cancelled event was put away: it is found by its address only.',
  payload: ofEvent.extend({ archivedAt: Time }),
});

export const eventDeleted = fact({
  name: 'event.deleted',
  summary: 'A draft was thrown away.',
  payload: ofEvent,
});

export const seatsFreed = fact({
  name: 'seats.freed',
  summary: 'Seats may be claimed that could not be before: released, returned, or added. Null is the whole event.',
  payload: z.object({ eventId: Id, ticketTypeId: Id.nullable() }),
});

export const updatePublished = fact({
  name: 'eventUpdate.published',
  summary: 'The team told people something about the event.',
  payload: ofEvent.extend({
    updateId: Id,
    authorId: Id,
    kind: z.enum(UpdateKind),
    audience: z.enum(UpdateAudience),
    title: z.string(),
  }),
});

export const hostInvited = fact({
  name: 'host.invited',
  summary: 'Somebody was asked to join an event’s team.',
  payload: ofEvent.extend({ userId: Id, role: z.enum(EventHostRole), invitedBy: Id }),
});

export const hostJoined = fact({
  name: 'host.joined',
  summary: 'Somebody took a place in an event’s team.',
  payload: ofEvent.extend({ userId: Id, role: z.enum(EventHostRole) }),
});

export const hostChanged = fact({
  name: 'host.changed',
  summary: 'A team member has another role.',
  payload: ofEvent.extend({ userId: Id, role: z.enum(EventHostRole), previousRole: z.enum(EventHostRole) }),
});

export const hostShareChanged = fact({
  name: 'host.shareChanged',
  summary: 'A co-host has another share of what the event earns from now on, in hundredths of a percent; 0 is none.',
  payload: ofEvent.extend({ userId: Id, shareBasisPoints: z.int(), previousBasisPoints: z.int() }),
});

export const hostLeft = fact({
  name: 'host.left',
  summary: 'Somebody is in an event’s team no longer, or turned an invitation down.',
  payload: ofEvent.extend({ userId: Id, role: z.enum(EventHostRole), removedBy: Id }),
});

const ofBooking = ofEvent.extend({ bookingId: Id, userId: Id });

export const bookingRequested = fact({
  name: 'booking.requested',
  summary: 'Somebody asks to come; the team decides.',
  payload: ofBooking.extend({ quantity: z.int() }),
});

export const bookingDeclined = fact({
  name: 'booking.declined',
  summary: 'A request came to nothing: rejected by the team, or withdrawn.',
  payload: ofBooking.extend({ status: z.enum(['REJECTED', 'WITHDRAWN']), decidedBy: Id }),
});

export const bookingHeld = fact({
  name: 'booking.held',
  summary: 'Seats are claimed and wait to be paid.',
  payload: ofBooking.extend({ quantity: z.int(), holdExpiresAt: Time }),
});

export const bookingConfirmed = fact({
  name: 'booking.confirmed',
  summary: 'A booking is sold. `userIds` are the accounts that hold its tickets.',
  payload: ofBooking.extend({
    quantity: z.int(),
    userIds: z.array(Id),
    totalMinor: z.int(),
    currency: z.string(),
    confirmedAt: Time,
  }),
});

export const bookingCancelled = fact({
  name: 'booking.cancelled',
  summary: 'A booking, or with `isWhole` false some of its tickets, was given up. `userIds` lost the tickets named.',
  payload: ofBooking.extend({
    quantity: z.int(),
    admissionIds: z.array(Id),
    userIds: z.array(Id),
    isWhole: z.boolean(),
    wasConfirmed: z.boolean(),
    reason: z.enum(BookingCancellationReason),
    refundMinor: z.int(),
    /** The host pays it back by hand, as the booking was paid. */
    isRefundByHand: z.boolean().optional(),
    currency: z.string(),
    cancelledAt: Time,
  }),
});

export const bookingExpired = fact({
  name: 'booking.expired',
  summary: 'A hold was not paid, or a request not decided, in time.',
  payload: ofBooking.extend({ quantity: z.int() }),
});

export const bookingMissed = fact({
  name: 'booking.missed',
  summary: 'Admitted people did not come, as the team noted. `userIds` are those with an account.',
  payload: ofBooking.extend({ admissionIds: z.array(Id), userIds: z.array(Id) }),
});

export const capacityChanged = fact({
  name: 'seats.changed',
  summary: 'How many seats of an event are left may be another number than before.',
  payload: z.object({ eventId: Id }),
});

const ofEntry = ofEvent.extend({ entryId: Id, userId: Id });

export const waitlistJoined = fact({
  name: 'waitlist.joined',
  summary: 'Somebody waits for seats.',
  payload: ofEntry.extend({ ticketTypeId: Id.nullable(), quantity: z.int() }),
});

export const waitlistOffered = fact({
  name: 'waitlist.offered',
  summary: 'Freed seats are kept for somebody who waited, until `expiresAt`.',
  payload: ofEntry.extend({ offerId: Id, ticketTypeId: Id, quantity: z.int(), expiresAt: Time }),
});

export const waitlistLapsed = fact({
  name: 'waitlist.lapsed',
  summary: 'An offer was not answered in time; its entry waits again at the end, or was removed.',
  payload: ofEntry.extend({ offerId: Id, isRemoved: z.boolean() }),
});

export const waitlistEnded = fact({
  name: 'waitlist.ended',
  summary: 'An entry waits no longer: its offer was taken, it left, or the team took it off.',
  payload: ofEntry.extend({ status: z.enum(WaitlistStatus) }),
});

export const ticketTransferred = fact({
  name: 'ticket.transferred',
  summary: 'A ticket has another holder; the old code is dead. Null is somebody without an account.',
  payload: ofBooking.extend({
    admissionId: Id,
    newAdmissionId: Id,
    fromUserId: Id.nullable(),
    toUserId: Id.nullable(),
  }),
});

export const ticketReissued = fact({
  name: 'ticket.reissued',
  summary: 'A ticket has another code; the old one is dead.',
  payload: ofBooking.extend({ admissionId: Id, generation: z.int() }),
});
