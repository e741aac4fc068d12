import { commit } from '../../../platform/db/commit.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { reachStrangers } from '../../identity/api.writes.ts';
import { memberAdded } from '../facts.ts';
import { addMembers } from './contract.ts';
import { holdMembership, refuseTooLarge, refuseUnlessGroup } from './group.steps.ts';
import { refuseUnknownPeople, refuseWhoLeft } from './known-people.steps.ts';
import { countMembers } from './member.reads.ts';
import { joinMembers } from './member.writes.ts';
import { looksAfter } from './policy.ts';
import { roomOf } from './room-name.rules.ts';

/** Adds people to a group; who is in it already stays as they are, and who left it comes back by `chat.rejoin` only. */
export const addChatMembers = ({ rooms }: { rooms: Pick<RoomLog, 'position'> }) =>
  commit(addMembers, {
    load: ({ chatId }, { tx, actor }) => holdMembership(tx, chatId, actor.userId),
    allow: looksAfter,
    run: async ({ chatId, userIds }, membership, { tx, actor, now, record, audit }) => {
      refuseUnlessGroup(membership);
      await refuseUnknownPeople(tx, { userId: actor.userId, field: 'userIds', userIds });
      await refuseWhoLeft(tx, chatId, userIds);
      const end = await rooms.position(roomOf(chatId));
      const added = await joinMembers(tx, { chatId, userIds: [...new Set(userIds)], role: 'MEMBER', end, now });
      await reachStrangers(tx, { userId: actor.userId, others: added });
      const memberCount = await countMembers(tx, chatId);
      refuseTooLarge(memberCount);
      if (added.length > 0) await record(memberAdded, { chatId, addedBy: actor.userId, userIds: added });
      audit({ targetType: 'chat', targetId: chatId, after: { added } });
      return { added, memberCount };
    },
  });
