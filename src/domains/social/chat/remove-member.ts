import { commit } from '../../../platform/db/commit.ts';
import { memberRemoved } from '../facts.ts';
import { removeMember } from './contract.ts';
import { holdMembership, refuseUnlessGroup } from './group.steps.ts';
import { countMembers, findMembership } from './member.reads.ts';
import { endMembership } from './member.writes.ts';
import { canRemoveMember } from './policy.ts';

/** Removes somebody from a group. Nodes stop sending to them when the room's log says so, within a second. */
export const removeChatMember = () =>
  commit(removeMember, {
    load: async ({ chatId, userId }, { tx, actor }) => {
      const membership = await holdMembership(tx, chatId, actor.userId);
      const target = membership && (await findMembership(tx, chatId, userId));
      return target && { membership, target };
    },
    allow: canRemoveMember,
    run: async ({ chatId, userId }, { membership, target }, { tx, actor, now, record, audit }) => {
      refuseUnlessGroup(membership);
      await endMembership(tx, { chatId, userId, byChoice: false, now });
      await record(memberRemoved, { chatId, userId, removedBy: actor.userId });
      audit({ targetType: 'chat', targetId: chatId, before: { userId, role: target.role } });
      return { memberCount: await countMembers(tx, chatId) };
    },
  });
