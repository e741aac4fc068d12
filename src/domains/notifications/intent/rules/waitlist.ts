import { waitlistLapsed, waitlistOffered } from '../../../events/facts.ts';
import { rule, tickets, titleOf } from '../rule.ts';

/** What those who wait must know. One intent per offer. */
export const waitlistRules = [
  rule(waitlistOffered, async ({ eventId, userId, entryId, offerId, quantity, expiresAt }, { database }) => [
    {
      userId,
      type: 'WAITLIST_OFFERED',
      category: 'TICKET',
      priority: 'URGENT',
      title: `Seats are free: ${await titleOf(database, eventId)}`,
      message: `${tickets(quantity)} are kept for you until ${expiresAt}. Accept the offer before then.`,
      data: { eventId, entryId, offerId },
      eventId,
      dedupeKey: `offer:${offerId}`,
      expiresAt: new Date(expiresAt),
    },
  ]),

  rule(waitlistLapsed, async ({ eventId, userId, entryId, offerId, isRemoved }, { database }) => [
    {
      userId,
      type: 'WAITLIST_LAPSED',
      category: 'TICKET',
      title: `An offer has ended: ${await titleOf(database, eventId)}`,
      message: isRemoved ? 'You are no longer on the waitlist.' : 'You wait again, at the end of the list.',
      data: { eventId, entryId },
      eventId,
      dedupeKey: `offer-lapsed:${offerId}`,
    },
  ]),
];
