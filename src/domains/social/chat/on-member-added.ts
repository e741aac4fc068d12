import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { memberAdded } from '../facts.ts';
import { membersAmong } from './member.reads.ts';
import { roomOf } from './room-name.rules.ts';
import { memberJoined } from './signals/contract.ts';
import { tellUsers } from './tell-users.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
}

/** Tells the chat who joined, and their devices of the chat. Who has left again since is left out: facts may come late. */
export const onMemberAdded = ({ database, rooms }: Deps): Subscriber =>
  subscribe({
    name: 'social.tellChatOfAddedMembers',
    fact: memberAdded,
    run: async ({ chatId, addedBy: by, userIds }, factId) => {
      const joined = await membersAmong(database, chatId, userIds);
      if (joined.length === 0) return;
      const told = { id: factId, by };
      const data = { chatId, userIds: joined };
      await rooms.append(roomOf(chatId), { ...told, signal: memberJoined.name, data, affects: joined });
      await tellUsers(rooms, joined, {
        ...told,
        signal: memberJoined,
        data: (userId) => ({ chatId, userIds: [userId] }),
      });
    },
  });
