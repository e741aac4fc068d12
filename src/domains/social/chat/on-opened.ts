import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { chatOpened } from '../facts.ts';
import { memberJoined } from './signals/contract.ts';
import { tellUsers } from './tell-users.ts';

/** Tells the first members' devices of their new chat. The chat's own log begins with what is said in it. */
export const onOpened = ({ rooms }: { rooms: Pick<RoomLog, 'append'> }): Subscriber =>
  subscribe({
    name: 'social.tellMembersOfOpenedChat',
    fact: chatOpened,
    run: async ({ chatId, openedBy, memberIds }, factId) => {
      const data = (userId: string) => ({ chatId, userIds: [userId] });
      await tellUsers(rooms, memberIds, { id: factId, by: openedBy, signal: memberJoined, data });
    },
  });
