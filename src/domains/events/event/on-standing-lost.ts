import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { bookingCancelled, hostLeft, ticketTransferred } from '../facts.ts';
import { canSeeEvent } from './policy.ts';
import { findSubject } from './subject.ts';
import { type TellDeps, tellRoom } from './tell-room.ts';

/**
 * Whoever saw an event only through a ticket or a place in the team, and lost it, is sent out of its room on every
 * node. Who may still see it, or has come back since, stays: the event itself is asked, not the fact.
 */
export const onStandingLost = (deps: TellDeps): Subscriber[] => {
  const sendOut = async (eventId: string, userIds: string[], id: string): Promise<void> => {
    const evicts: string[] = [];
    for (const userId of new Set(userIds)) {
      const actor = { userId, sessionId: '', role: 'USER' };
      const subject = await findSubject(deps.database, eventId, actor);
      if (!subject || !canSeeEvent(actor, subject)) evicts.push(userId);
    }
    if (evicts.length > 0) await tellRoom(deps, { id, eventId, changed: ['team'], evicts });
  };
  return [
    subscribe({
      name: 'events.sendOutLeftHost',
      fact: hostLeft,
      urgency: 'AT_ONCE',
      run: ({ eventId, userId }, factId) => sendOut(eventId, [userId], factId),
    }),
    subscribe({
      name: 'events.sendOutCancelledAttendees',
      fact: bookingCancelled,
      urgency: 'AT_ONCE',
      run: ({ eventId, userId, userIds }, factId) => sendOut(eventId, [userId, ...userIds], `${factId}:out`),
    }),
    subscribe({
      name: 'events.sendOutFormerTicketHolder',
      fact: ticketTransferred,
      urgency: 'AT_ONCE',
      run: async ({ eventId, fromUserId }, factId) => {
        if (fromUserId !== null) await sendOut(eventId, [fromUserId], `${factId}:out`);
      },
    }),
  ];
};
