import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { memberAdded } from '../facts.ts';
import { lockMembership } from './chat.writes.ts';
import { rejoin } from './contract.ts';
import { refuseTooLarge } from './group.steps.ts';
import { countMembers, leftAmong } from './member.reads.ts';
import { joinMembers } from './member.writes.ts';
import { roomOf } from './room-name.rules.ts';

/** Makes the caller a member again of a group that they left. A group that everybody left is theirs then. */
export const rejoinChat = ({ rooms }: { rooms: Pick<RoomLog, 'position'> }) =>
  commit(rejoin, {
    load: async ({ chatId }, { tx, actor }) => {
      await lockMembership(tx, chatId);
      return (await leftAmong(tx, chatId, [actor.userId])).has(actor.userId) || null;
    },
    allow: anyone,
    run: async ({ chatId }, _left, { tx, actor, now, record, audit }) => {
      const { userId } = actor;
      const memberCount = (await countMembers(tx, chatId)) + 1;
      refuseTooLarge(memberCount);
      const role = memberCount === 1 ? 'OWNER' : 'MEMBER';
      const end = await rooms.position(roomOf(chatId));
      const added = await joinMembers(tx, { chatId, userIds: [userId], role, end, now });
      await record(memberAdded, { chatId, addedBy: userId, userIds: added });
      audit({ targetType: 'chat', targetId: chatId, after: { userId, role } });
      return { memberCount };
    },
  });
