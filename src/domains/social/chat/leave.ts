import { anyone } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import { memberRemoved } from '../facts.ts';
import { leave } from './contract.ts';
import { holdMembership, refuseUnlessGroup } from './group.steps.ts';
import { countMembers, findSuccessor } from './member.reads.ts';
import { endMembership, setRole } from './member.writes.ts';

/** Ends the caller's own membership of a group. A group never has members without an owner. */
export const leaveChat = () =>
  commit(leave, {
    load: ({ chatId }, { tx, actor }) => holdMembership(tx, chatId, actor.userId),
    allow: anyone,
    run: async ({ chatId }, membership, { tx, actor, now, record, audit }) => {
      refuseUnlessGroup(membership);
      const { userId } = actor;
      await endMembership(tx, { chatId, userId, byChoice: true, now });
      const ownerId = membership.role === 'OWNER' ? await passOwnership(tx, chatId) : null;
      await record(memberRemoved, { chatId, userId, removedBy: userId, ...(ownerId === null ? {} : { ownerId }) });
      audit({ targetType: 'chat', targetId: chatId, before: { userId, role: membership.role }, after: { ownerId } });
      return { memberCount: await countMembers(tx, chatId) };
    },
  });

/** Gives a group that lost its owner another one. @returns who; null when nobody is left */
export const passOwnership = async (tx: Transaction, chatId: string): Promise<string | null> => {
  const successorId = await findSuccessor(tx, chatId);
  if (successorId !== null) await setRole(tx, chatId, successorId, 'OWNER');
  return successorId;
};
