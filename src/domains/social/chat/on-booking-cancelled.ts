import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { bookingCancelled, ticketTransferred } from '../../events/facts.ts';
import { type LeavingDeps, leaveEventChat } from './leave-event-chat.steps.ts';

/** Takes who holds no ticket any more out of the event's chat. Who runs the event stays. */
export const onBookingCancelled = (deps: LeavingDeps): Subscriber[] => [
  subscribe({
    name: 'social.takeFormerAttendeesOutOfChatOfEvent',
    fact: bookingCancelled,
    urgency: 'AT_ONCE',
    run: async ({ eventId, hostId, userIds, wasConfirmed }, factId) => {
      if (wasConfirmed) await leaveEventChat(deps, { eventId, hostId, userIds, factId });
    },
  }),
  subscribe({
    name: 'social.takeFormerHolderOutOfChatOfEvent',
    fact: ticketTransferred,
    urgency: 'AT_ONCE',
    run: async ({ eventId, hostId, fromUserId }, factId) => {
      if (fromUserId !== null) await leaveEventChat(deps, { eventId, hostId, userIds: [fromUserId], factId });
    },
  }),
];
