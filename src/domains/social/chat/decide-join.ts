import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { enterGroup } from './enter-group.steps.ts';
import { holdMembership, refuseUnlessGroup } from './group.steps.ts';
import { decideJoin } from './joining/contract.ts';
import type { JoinStatus } from './joining.rules.ts';
import { decideRequest } from './link.writes.ts';
import { looksAfter } from './policy.ts';
import { isAsking } from './request.reads.ts';

/** Lets somebody into a group who asked to, or declines. */
export const decideJoinOfChat = ({ rooms }: { rooms: Pick<RoomLog, 'position'> }) =>
  commit(decideJoin, {
    load: ({ chatId }, { tx, actor }) => holdMembership(tx, chatId, actor.userId),
    allow: looksAfter,
    run: async ({ chatId, userId, isApproved }, membership, { tx, actor, now, record, audit }) => {
      refuseUnlessGroup(membership);
      if (!(await isAsking(tx, chatId, userId))) throw new AppError('NOT_FOUND', 'Nobody of that id asks to come in.');
      const status = isApproved ? 'APPROVED' : 'DECLINED';
      await decideRequest(tx, { chatId, userId, status, decidedBy: actor.userId, decidedAt: now });
      if (isApproved) await enterGroup({ tx, record, rooms }, { chatId, userId, addedBy: actor.userId, now });
      audit({ targetType: 'chat', targetId: chatId, after: { userId, status } });
      const told: JoinStatus = isApproved ? 'MEMBER' : 'DECLINED';
      return { userId, status: told };
    },
  });
