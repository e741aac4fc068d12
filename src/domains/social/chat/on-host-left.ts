import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { hostChanged, hostLeft } from '../../events/facts.ts';
import { moderates } from './event-team.steps.ts';
import { type LeavingDeps, leaveEventChat, stayAsAttendee } from './leave-event-chat.steps.ts';

/** Takes who does not run an event any more out of its chat; with a ticket of their own they stay, as one of many. */
export const onHostLeft = (deps: LeavingDeps): Subscriber[] => {
  const giveUpPlace = async (place: { eventId: string; hostId: string; userId: string }, factId: string) => {
    await leaveEventChat(deps, { ...place, userIds: [place.userId], factId });
    await stayAsAttendee(deps, { ...place, factId });
  };
  return [
    subscribe({
      name: 'social.takeFormerHostOutOfChatOfEvent',
      fact: hostLeft,
      urgency: 'AT_ONCE',
      run: async ({ eventId, hostId, userId, role }, factId) => {
        if (moderates({ role })) await giveUpPlace({ eventId, hostId, userId }, factId);
      },
    }),
    subscribe({
      name: 'social.takeChangedHostOutOfChatOfEvent',
      fact: hostChanged,
      urgency: 'AT_ONCE',
      run: async ({ eventId, hostId, userId, role, previousRole }, factId) => {
        if (moderates({ role: previousRole }) && !moderates({ role })) {
          await giveUpPlace({ eventId, hostId, userId }, factId);
        }
      },
    }),
  ];
};
