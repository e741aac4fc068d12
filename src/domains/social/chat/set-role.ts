import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import { roleChanged } from '../facts.ts';
import { holdMembership, refuseUnlessGroup } from './group.steps.ts';
import { findMembership } from './member.reads.ts';
import { setRole as writeRole } from './member.writes.ts';
import { canSetRole } from './policy.ts';
import { setRole } from './settings/contract.ts';

/** Gives a member another role. A group has an owner as long as it has members. */
export const setMemberRole = () =>
  commit(setRole, {
    load: async ({ chatId, userId }, { tx, actor }) => {
      const membership = await holdMembership(tx, chatId, actor.userId);
      const target = membership && (await findMembership(tx, chatId, userId));
      return target && { membership, target };
    },
    allow: canSetRole,
    run: async ({ chatId, userId, role }, { membership, target }, { tx, actor, record, audit }) => {
      refuseUnlessGroup(membership);
      if (target.role === role) return { userId, role };
      if (target.role === 'OWNER') await refuseLastOwner(tx, chatId);
      await writeRole(tx, chatId, userId, role);
      await record(roleChanged, { chatId, userId, role, changedBy: actor.userId });
      audit({
        ...{ targetType: 'chat', targetId: chatId },
        ...{ before: { userId, role: target.role }, after: { userId, role } },
      });
      return { userId, role };
    },
  });

/** @throws CONFLICT when the group has one owner alone */
const refuseLastOwner = async (tx: Transaction, chatId: string): Promise<void> => {
  const owners = await tx.chatParticipant.count({ where: { chatId, role: 'OWNER', leftAt: null } });
  if (owners <= 1) throw new AppError('CONFLICT', 'A group needs an owner: make somebody else one first.');
};
