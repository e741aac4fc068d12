import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import { recordFact } from '../../../platform/facts/outbox.ts';
import { admittedAmong } from '../../events/api.ts';
import { bookingConfirmed, ticketTransferred } from '../../events/facts.ts';
import { memberAdded } from '../facts.ts';
import { findChat } from './chat.reads.ts';
import { lockMembership } from './chat.writes.ts';
import { chatIdOf } from './event-chat.writes.ts';
import { moderatorsOf } from './event-team.ts';
import { joinMembers } from './member.writes.ts';

interface Deps {
  database: Database;
  clock: Clock;
}

/** Brings who got a ticket into the event's chat, if they still hold one: facts may come late. */
export const onBookingConfirmed = (deps: Deps): Subscriber[] => [
  subscribe({
    name: 'social.bringAttendeesIntoChatOfEvent',
    fact: bookingConfirmed,
    run: ({ eventId, userId, userIds }) => bringIn(deps, { eventId, userIds, addedBy: userId }),
  }),
  subscribe({
    name: 'social.bringNewHolderIntoChatOfEvent',
    fact: ticketTransferred,
    run: async ({ eventId, userId, toUserId }) => {
      if (toUserId !== null) await bringIn(deps, { eventId, userIds: [toUserId], addedBy: userId });
    },
  }),
];

interface Joining {
  eventId: string;
  userIds: string[];
  addedBy: string;
}

const bringIn = ({ database, clock }: Deps, { eventId, userIds, addedBy }: Joining): Promise<void> =>
  database.$transaction(async (tx) => {
    const chatId = chatIdOf(eventId);
    await lockMembership(tx, chatId);
    const admitted = [...(await admittedAmong(tx, eventId, userIds))];
    if (admitted.length === 0 || !(await findChat(tx, chatId))) return;
    const moderators = new Set(await moderatorsOf(tx, eventId));
    const [running, coming] = [
      admitted.filter((userId) => moderators.has(userId)),
      admitted.filter((userId) => !moderators.has(userId)),
    ];
    const added = [
      ...(await joinMembers(tx, { chatId, userIds: running, role: 'MODERATOR', now: clock.now() })),
      ...(await joinMembers(tx, { chatId, userIds: coming, role: 'MEMBER', now: clock.now() })),
    ];
    if (added.length > 0) await recordFact(tx, memberAdded, { chatId, addedBy, userIds: added });
  });
