import type { Subscriber } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { recordFact } from '../../../platform/facts/outbox.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { admittedAmong } from '../../events/api.ts';
import { bookingConfirmed, ticketTransferred } from '../../events/facts.ts';
import { memberAdded } from '../facts.ts';
import { findChat } from './chat.reads.ts';
import { lockMembership } from './chat.writes.ts';
import { chatIdOf } from './event-chat.writes.ts';
import { moderatorsOf } from './event-team.steps.ts';
import { joinMembers } from './member.writes.ts';
import { roomOf } from './room-name.rules.ts';

interface Deps {
  database: Database;
  clock: Clock;
  rooms: Pick<RoomLog, 'position'>;
}

/** Brings who got a ticket into the event's chat, if they still hold one: facts may come late. */
export const onBookingConfirmed = ({ database, clock, rooms }: Deps): Subscriber[] => [
  subscribeInTransaction(database, {
    name: 'social.bringAttendeesIntoChatOfEvent',
    fact: bookingConfirmed,
    run: (tx, { eventId, userId, userIds }) =>
      bringIn({ tx, rooms }, { eventId, userIds, addedBy: userId }, clock.now()),
  }),
  subscribeInTransaction(database, {
    name: 'social.bringNewHolderIntoChatOfEvent',
    fact: ticketTransferred,
    run: async (tx, { eventId, userId, toUserId }) => {
      if (toUserId !== null)
        await bringIn({ tx, rooms }, { eventId, userIds: [toUserId], addedBy: userId }, clock.now());
    },
  }),
];

interface Joining {
  eventId: string;
  userIds: string[];
  addedBy: string;
}

interface Bringing extends Pick<Deps, 'rooms'> {
  tx: Transaction;
}

const bringIn = async ({ tx, rooms }: Bringing, { eventId, userIds, addedBy }: Joining, now: Date): Promise<void> => {
  const chatId = chatIdOf(eventId);
  await lockMembership(tx, chatId);
  const admitted = [...(await admittedAmong(tx, eventId, userIds))];
  if (admitted.length === 0 || !(await findChat(tx, chatId))) return;
  const moderators = new Set(await moderatorsOf(tx, eventId));
  const [running, coming] = [
    admitted.filter((userId) => moderators.has(userId)),
    admitted.filter((userId) => !moderators.has(userId)),
  ];
  const end = await rooms.position(roomOf(chatId));
  const added = [
    ...(await joinMembers(tx, { chatId, userIds: running, role: 'MODERATOR', end, now })),
    ...(await joinMembers(tx, { chatId, userIds: coming, role: 'MEMBER', end, now })),
  ];
  if (added.length > 0) await recordFact(tx, memberAdded, { chatId, addedBy, userIds: added });
};
