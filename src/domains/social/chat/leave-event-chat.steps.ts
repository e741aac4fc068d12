import type { Clock } from '../../../platform/clock.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { admittedAmong } from '../../events/api.ts';
import { lockMembership } from './chat.writes.ts';
import { chatIdOf } from './event-chat.writes.ts';
import { moderatorsOf } from './event-team.steps.ts';
import { everMembers, membersAmong } from './member.reads.ts';
import { endMembership, setRole } from './member.writes.ts';
import { roomOf } from './room-name.rules.ts';
import { memberJoined, memberLeft } from './signals/contract.ts';
import { tellUsers } from './tell-users.ts';

export interface LeavingDeps {
  database: Database;
  clock: Clock;
  rooms: Pick<RoomLog, 'append'>;
}

interface Leaving {
  eventId: string;
  hostId: string;
  /** Who may have lost what brought them into the chat. */
  userIds: string[];
  factId: string;
}

/**
 * Takes who neither holds a ticket nor runs the event any more out of its chat, on every node at once: the room is told
 * here and not by another fact, which would come seconds later. Facts may come late and twice: what is true now counts.
 */
export const leaveEventChat = async (deps: LeavingDeps, { eventId, hostId, userIds, factId }: Leaving) => {
  const { database, clock, rooms } = deps;
  const chatId = chatIdOf(eventId);
  const gone = await boundTransaction(database, async (tx) => {
    await lockMembership(tx, chatId);
    const staying = await admittedAmong(tx, eventId, userIds);
    for (const userId of await moderatorsOf(tx, eventId)) staying.add(userId);
    const members = await everMembers(tx, chatId, userIds);
    const leaving = members.filter((userId) => userId !== hostId && !staying.has(userId));
    for (const userId of leaving) await endMembership(tx, { chatId, userId, byChoice: false, now: clock.now() });
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

/**
 * Makes somebody who does not run the event any more, and stays in its chat for a ticket's sake, a member as the others
 * are. The room's entry has every node look at their place anew.
 */
export const stayAsAttendee = async (
  { database, rooms }: Pick<LeavingDeps, 'database' | 'rooms'>,
  { eventId, hostId, userId, factId }: Omit<Leaving, 'userIds'> & { userId: string },
): Promise<void> => {
  const chatId = chatIdOf(eventId);
  const isAttendee = await boundTransaction(database, async (tx) => {
    await lockMembership(tx, chatId);
    const [member] = await membersAmong(tx, chatId, [userId]);
    const runsIt = userId === hostId || (await moderatorsOf(tx, eventId)).includes(userId);
    if (!member || runsIt) return false;
    await setRole(tx, chatId, userId, 'MEMBER');
    return true;
  });
  if (!isAttendee) return;
  const data = { chatId, userIds: [userId] };
  await rooms.append(roomOf(chatId), { id: factId, signal: memberJoined.name, data, affects: [userId] });
};
