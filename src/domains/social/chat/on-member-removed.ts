import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { memberRemoved } from '../facts.ts';
import { membersAmong } from './member.reads.ts';
import { roomOf } from './room-name.rules.ts';
import { memberLeft } from './signals/contract.ts';
import { tellUsers } from './tell-users.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
}

/**
 * Tells the chat who left. With this entry every node stops sending the room to them. Who has come back since is not
 * told as gone: facts may come late.
 */
export const onMemberRemoved = ({ database, rooms }: Deps): Subscriber =>
  subscribe({
    name: 'social.tellChatOfRemovedMember',
    fact: memberRemoved,
    urgency: 'AT_ONCE',
    run: async ({ chatId, userId, removedBy: by, ownerId }, factId) => {
      const [returned] = await membersAmong(database, chatId, [userId]);
      if (returned !== undefined) return;
      const data = { chatId, userIds: [userId], ...(ownerId === undefined ? {} : { ownerId }) };
      const affects = ownerId === undefined ? [] : [ownerId];
      const told = { id: factId, by };
      await rooms.append(roomOf(chatId), { ...told, signal: memberLeft.name, data, affects, evicts: [userId] });
      await tellUsers(rooms, [userId], { ...told, signal: memberLeft, data: () => data });
    },
  });
