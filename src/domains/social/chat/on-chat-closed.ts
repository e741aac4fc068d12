import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { ALL_ASKED_AGAIN, type RoomLog } from '../../../platform/rooms/log.ts';
import { chatClosed } from '../facts.ts';
import { passOverGoneRoom } from './gone-room.rules.ts';
import { roomOf } from './room-name.rules.ts';
import { memberLeft } from './signals/contract.ts';
import { tellUsers } from './tell-users.ts';

/**
 * Has every node stop sending the chat's room to anybody, and tells the people who were in it. The log vanishes from Redis a
 * day after its last entry; of a chat that is gone nothing of it is stored.
 */
export const onChatClosed = ({ rooms }: { rooms: Pick<RoomLog, 'append'> }): Subscriber =>
  subscribe({
    name: 'social.endRoomOfClosedChat',
    fact: chatClosed,
    urgency: 'NEXT',
    run: async ({ chatId, userIds }, factId) => {
      const draft = { id: factId, signal: memberLeft.name, data: { chatId, userIds }, evicts: [ALL_ASKED_AGAIN] };
      await rooms.append(roomOf(chatId), draft).catch(passOverGoneRoom);
      const data = (userId: string) => ({ chatId, userIds: [userId] });
      await tellUsers(rooms, userIds, { id: factId, signal: memberLeft, data });
    },
  });
