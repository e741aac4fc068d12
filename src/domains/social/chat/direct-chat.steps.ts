import type { Clock } from '../../../platform/clock.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Ephemera } from '../../../platform/rooms/ephemera.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { hasBlocked } from '../../identity/api.ts';
import { findDirectChat } from './chat.reads.ts';
import { directKeyOf, lockMembership } from './chat.writes.ts';
import { membersAmong } from './member.reads.ts';
import { endMembership, joinMembers } from './member.writes.ts';
import { roomOf } from './room-name.rules.ts';
import { memberJoined, memberLeft } from './signals/contract.ts';
import { tellUsers } from './tell-users.ts';

export interface DirectChatDeps {
  database: Database;
  clock: Clock;
  rooms: Pick<RoomLog, 'append' | 'position'>;
  ephemera: Pick<Ephemera, 'recheck'>;
}

interface Pair {
  /** The person who made the block, or took it back. */
  blockerId: string;
  blockedId: string;
  factId: string;
}

/**
 * Has the direct chat of a pair agree with the block that one of them made: while it stands, the chat is not there for who made
 * it. The other goes on writing, as to somebody who has left for good, and the room is told nothing: they are not to learn of
 * the block. What is true now counts, for facts may come late and twice.
 */
export const agreeWithBlock = async (deps: DirectChatDeps, { blockerId, blockedId, factId }: Pair): Promise<void> => {
  const { database, clock, rooms, ephemera } = deps;
  const chat = await findDirectChat(database, directKeyOf(blockerId, blockedId));
  if (!chat) return;
  const { id: chatId } = chat;
  const room = roomOf(chatId);
  const end = await rooms.position(room);
  const isMember = await boundTransaction(database, async (tx) => {
    await lockMembership(tx, chatId);
    const isOut = await hasBlocked(tx, { blockerId, blockedId });
    const now = clock.now();
    if (isOut) await endMembership(tx, { chatId, userId: blockerId, byChoice: true, now });
    else await joinMembers(tx, { chatId, userIds: [blockerId], role: 'MEMBER', end, now });
    return (await membersAmong(tx, chatId, [blockerId])).length > 0;
  });
  await ephemera.recheck(room, [blockerId]);
  const told = { id: factId, by: blockerId, data: (userId: string) => ({ chatId, userIds: [userId] }) };
  await tellUsers(rooms, [blockerId], { ...told, signal: isMember ? memberJoined : memberLeft });
};
