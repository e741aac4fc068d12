import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { admittedAmong, eventTeam } from '../../events/api.ts';
import { bookingCancelled, ticketTransferred } from '../../events/facts.ts';
import { lockMembership } from './chat.writes.ts';
import { memberLeft } from './contract.ts';
import { chatIdOf } from './event-chat.writes.ts';
import { moderates } from './event-team.ts';
import { membersAmong } from './member.reads.ts';
import { endMembership } from './member.writes.ts';
import { roomOf } from './room-name.ts';
import { tellUsers } from './tell-users.ts';

interface Deps {
  database: Database;
  clock: Clock;
  rooms: Pick<RoomLog, 'append'>;
}

/**
 * Takes who holds no ticket any more out of the event's chat, on every node at once: the room is told here and not by
 * another fact, which would come seconds later. Who runs the event stays.
 */
export const onBookingCancelled = (deps: Deps): Subscriber[] => [
  subscribe({
    name: 'social.takeFormerAttendeesOutOfChatOfEvent',
    fact: bookingCancelled,
    run: async ({ eventId, hostId, userIds, wasConfirmed }, factId) => {
      if (wasConfirmed) await takeOut(deps, { eventId, hostId, userIds, factId });
    },
  }),
  subscribe({
    name: 'social.takeFormerHolderOutOfChatOfEvent',
    fact: ticketTransferred,
    run: async ({ eventId, hostId, fromUserId }, factId) => {
      if (fromUserId !== null) await takeOut(deps, { eventId, hostId, userIds: [fromUserId], factId });
    },
  }),
];

interface Leaving {
  eventId: string;
  hostId: string;
  userIds: string[];
  factId: string;
}

const takeOut = async (
  { database, clock, rooms }: Deps,
  { eventId, hostId, userIds, factId }: Leaving,
): Promise<void> => {
  const chatId = chatIdOf(eventId);
  const gone = await database.$transaction(async (tx) => {
    await lockMembership(tx, chatId);
    const staying = await admittedAmong(tx, eventId, userIds);
    for (const { userId } of (await eventTeam(tx, eventId)).filter(moderates)) staying.add(userId);
    const leaving = userIds.filter((userId) => userId !== hostId && !staying.has(userId));
    for (const userId of leaving) await endMembership(tx, chatId, userId, clock.now());
    return leaving;
  });
  // Of a repeat nobody is a member any more, and the entry's id makes it the first one.
  const returned = await membersAmong(database, chatId, gone);
  const left = gone.filter((userId) => !returned.includes(userId));
  if (left.length === 0) return;
  const data = { chatId, userIds: left };
  await rooms.append(roomOf(chatId), { id: factId, signal: memberLeft.name, data, evicts: left });
  await tellUsers(rooms, left, { id: factId, signal: memberLeft, data: (userId) => ({ chatId, userIds: [userId] }) });
};
