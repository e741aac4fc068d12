import {
  bookingCancelled,
  bookingConfirmed,
  bookingDeclined,
  bookingExpired,
  bookingRequested,
  ticketReissued,
  ticketTransferred,
} from '../../../events/facts.ts';
import type { Draft } from '../draft.rules.ts';
import { inWords, rule, tickets, titleOf } from '../rule.ts';

/** What buyers, guests and hosts must know of bookings and tickets. */
export const bookingRules = [
  rule(bookingRequested, async ({ bookingId, eventId, hostId, userId, quantity }, { database }) => [
    {
      userId: hostId,
      actorId: userId,
      type: 'BOOKING_REQUESTED',
      category: 'EVENT',
      title: `Somebody asks to come: ${await titleOf(database, eventId)}`,
      message: `A request for ${tickets(quantity)} waits for your decision.`,
      data: { bookingId, eventId },
      eventId,
      dedupeKey: `booking-requested:${bookingId}`,
    },
  ]),

  rule(bookingDeclined, async ({ bookingId, eventId, userId, status }, { database }) =>
    status === 'WITHDRAWN'
      ? []
      : [
          {
            userId,
            type: 'BOOKING_REJECTED',
            category: 'TICKET',
            title: `Your request was not accepted: ${await titleOf(database, eventId)}`,
            message: 'The hosts decided not to accept your request. Nothing was charged.',
            data: { bookingId, eventId },
            eventId,
            dedupeKey: `booking-declined:${bookingId}`,
          },
        ],
  ),

  rule(bookingConfirmed, async (booking, { database }) => {
    const { bookingId, eventId, userId, userIds, quantity, totalMinor, currency } = booking;
    const title = await titleOf(database, eventId);
    const paid = totalMinor > 0 ? `Paid: ${inWords(totalMinor, currency)}.` : 'Nothing was charged.';
    const shared = { category: 'TICKET', data: { bookingId, eventId }, eventId } as const;
    const buyer: Draft = {
      ...shared,
      userId,
      type: 'BOOKING_CONFIRMED',
      title: `You are going: ${title}`,
      message: `Your booking of ${tickets(quantity)} is confirmed. ${paid}`,
      dedupeKey: `booking-confirmed:${bookingId}`,
    };
    const guests = userIds.filter((guestId) => guestId !== userId);
    return [buyer, ...guests.map((guestId) => guestDraft({ ...shared, bookingId, buyerId: userId, guestId, title }))];
  }),

  rule(bookingCancelled, async (booking, { database, factId }) => {
    const { bookingId, eventId, userId, userIds, quantity, wasConfirmed, reason, refundMinor, currency } = booking;
    const { hostId, isRefundByHand } = booking;
    const title = await titleOf(database, eventId);
    const byEvent = reason === 'EVENT_CANCELLED';
    const by = isRefundByHand ? ' by the host' : '';
    const refund =
      refundMinor > 0 ? `${inWords(refundMinor, currency)} will be paid back${by}.` : 'Nothing is paid back.';
    const lost = wasConfirmed ? `${tickets(quantity)} no longer valid.` : 'The seats are no longer held.';
    const drafts = (to: string, message: string): Draft => ({
      userId: to,
      type: byEvent ? 'EVENT_CANCELLED' : 'BOOKING_CANCELLED',
      category: 'TICKET',
      priority: byEvent ? 'HIGH' : 'NORMAL',
      title: byEvent ? `Cancelled: ${title}` : `Your booking was cancelled: ${title}`,
      message,
      data: { bookingId, eventId },
      eventId,
      dedupeKey: `booking-cancelled:${factId}`,
    });
    const guests = userIds.filter((guestId) => guestId !== userId);
    return [
      drafts(userId, `${lost} ${refund}`),
      ...guests.map((guestId) => ({ ...drafts(guestId, 'Your ticket is no longer valid.'), ...givenBy(userId) })),
      // Of a cancelled event the host knows; what they owe is listed.
      ...(isRefundByHand && refundMinor > 0 && !byEvent
        ? [owedByHand({ hostId, bookingId, eventId, title, amount: inWords(refundMinor, currency), factId })]
        : []),
    ];
  }),

  rule(bookingExpired, async ({ bookingId, eventId, userId }, { database }) => [
    {
      userId,
      type: 'BOOKING_EXPIRED',
      category: 'TICKET',
      title: `Not completed in time: ${await titleOf(database, eventId)}`,
      message: 'Your seats are no longer held. Nothing was charged; you may book again.',
      data: { bookingId, eventId },
      eventId,
      dedupeKey: `booking-expired:${bookingId}`,
    },
  ]),

  rule(ticketTransferred, async (passed, { database }) => {
    const { eventId, newAdmissionId, fromUserId, toUserId, userId, bookingId } = passed;
    const title = await titleOf(database, eventId);
    const shared = { type: 'TICKET_TRANSFERRED', category: 'TICKET', eventId } as const;
    const dedupeKey = `ticket-transferred:${newAdmissionId}`;
    const data = { bookingId, eventId, admissionId: newAdmissionId };
    const given = `You gave a ticket away: ${title}`;
    const got = `You were given a ticket: ${title}`;
    return [
      ...(fromUserId
        ? [{ ...shared, userId: fromUserId, title: given, message: 'Its old code no longer works.', data, dedupeKey }]
        : []),
      ...(toUserId
        ? [
            {
              ...{ ...shared, ...givenBy(fromUserId ?? userId), userId: toUserId },
              ...{ title: got, message: 'It is among your tickets.', data, dedupeKey },
            },
          ]
        : []),
    ];
  }),

  rule(ticketReissued, async ({ bookingId, eventId, userId, admissionId, generation }, { database }) => [
    {
      userId,
      type: 'TICKET_ISSUED',
      category: 'TICKET',
      title: `A ticket has a new code: ${await titleOf(database, eventId)}`,
      message: 'Show the new code at the door; the old one no longer works.',
      data: { bookingId, eventId, admissionId },
      eventId,
      dedupeKey: `ticket-reissued:${admissionId}:${generation}`,
    },
  ]),
];

interface Owed {
  hostId: string;
  bookingId: string;
  eventId: string;
  title: string;
  /** In words. */
  amount: string;
  factId: string;
}

/** No provider pays back what the host took by hand. */
const owedByHand = ({ hostId, bookingId, eventId, title, amount, factId }: Owed): Draft => ({
  userId: hostId,
  type: 'BOOKING_CANCELLED',
  category: 'PAYMENT',
  priority: 'HIGH',
  title: `You owe a guest money: ${title}`,
  message: `A booking that was paid to you by hand was cancelled. Pay ${amount} back, and note it with the booking.`,
  data: { bookingId, eventId },
  eventId,
  dedupeKey: `owed-by-hand:${factId}`,
});

/** A ticket that nobody asked for is there, and nothing is said of it to who does not know the giver. */
const givenBy = (userId: string) => ({ broughtBy: { userId, reaches: 'NOTHING' as const } });

interface Guest {
  category: 'TICKET';
  data: Draft['data'];
  eventId: string;
  bookingId: string;
  buyerId: string;
  guestId: string;
  title: string;
}

const guestDraft = ({ bookingId, buyerId, guestId, title, ...shared }: Guest): Draft => ({
  ...shared,
  ...givenBy(buyerId),
  userId: guestId,
  actorId: buyerId,
  type: 'TICKET_ISSUED',
  title: `You have a ticket: ${title}`,
  message: 'Somebody booked a place for you.',
  dedupeKey: `ticket-issued:${bookingId}`,
});
