import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { sha256 } from '../../../platform/sealing.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { findChat } from './chat.reads.ts';
import { lockMembership } from './chat.writes.ts';
import { enterGroup } from './enter-group.steps.ts';
import { joinRequested, requestJoin } from './joining/contract.ts';
import { effectOf, statusOf } from './joining.rules.ts';
import { findJoinStanding, findOpenLink } from './link.reads.ts';
import { deleteRequest, insertRequest, useLink } from './link.writes.ts';

interface Deps {
  rooms: Pick<RoomLog, 'position'>;
  sockets: Pick<Sockets, 'tellUsers'>;
}

/** Lets somebody with a link into its group, or lets them ask. Doing it again changes nothing and uses nothing up. */
export const requestJoinOfChat = ({ rooms, sockets }: Deps) =>
  commit(requestJoin, {
    load: async ({ token }, { tx, now }) => {
      const link = await findOpenLink(tx, sha256(token), now);
      if (!link) return null;
      await lockMembership(tx, link.chatId);
      const chat = await findChat(tx, link.chatId);
      return chat && { link, chat };
    },
    allow: anyone,
    run: async (_input, { link, chat }, { tx, actor, now, record, audit, afterCommit }) => {
      const { userId } = actor;
      const chatId = chat.id;
      const standing = await findJoinStanding(tx, chatId, userId);
      const effect = effectOf(standing, chat.joinPolicy);
      if (effect === 'NOTHING') return { chatId, status: statusOf(standing) };
      if (!(await useLink(tx, link.id))) throw new AppError('NOT_FOUND', 'There is no such thing, or not for you.');
      audit({ targetType: 'chat', targetId: chatId, after: { userId, linkId: link.id, effect } });
      await deleteRequest(tx, chatId, userId);
      if (effect === 'ENTER') {
        await enterGroup({ tx, record, rooms }, { chatId, userId, addedBy: userId, now });
        return { chatId, status: 'MEMBER' as const };
      }
      await insertRequest(tx, { chatId, userId, now });
      const team = await teamOf(tx, chatId);
      afterCommit(async () => sockets.tellUsers(team, joinRequested, { chatId, userId }));
      return { chatId, status: 'PENDING' as const };
    },
  });

/** Of more who look after a group, so many are told. */
const MAX_TOLD = 100;

const teamOf = async (tx: Transaction, chatId: string): Promise<string[]> => {
  const rows = await tx.chatParticipant.findMany({
    where: { chatId, leftAt: null, role: { in: ['OWNER', 'MODERATOR'] } },
    take: MAX_TOLD,
    select: { userId: true },
  });
  return rows.map((row) => row.userId);
};
