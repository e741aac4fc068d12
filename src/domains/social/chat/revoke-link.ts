import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { holdMembership } from './group.steps.ts';
import { revokeLink } from './joining/contract.ts';
import { endLink } from './link.writes.ts';
import { looksAfter } from './policy.ts';

/** Ends a link into a group. */
export const revokeChatLink = () =>
  commit(revokeLink, {
    load: ({ chatId }, { tx, actor }) => holdMembership(tx, chatId, actor.userId),
    allow: looksAfter,
    run: async ({ chatId, linkId }, _membership, { tx, now, audit }) => {
      const revokedAt = await endLink(tx, { chatId, linkId, now });
      if (!revokedAt) throw new AppError('NOT_FOUND', 'The group has no such link.');
      audit({ targetType: 'chat', targetId: chatId, after: { linkId, revokedAt } });
      return { linkId, revokedAt: revokedAt.toISOString() };
    },
  });
