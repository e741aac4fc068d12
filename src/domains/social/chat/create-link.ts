import { randomBytes } from 'node:crypto';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import { sha256 } from '../../../platform/sealing.ts';
import { findChat } from './chat.reads.ts';
import { holdMembership, refuseUnlessGroup } from './group.steps.ts';
import { createLink, MAX_LINKS } from './joining/contract.ts';
import { openLinks } from './link.reads.ts';
import { insertLink } from './link.writes.ts';
import { looksAfter } from './policy.ts';

/** Makes a link into a group. */
export const createChatLink = () =>
  commit(createLink, {
    load: ({ chatId }, { tx, actor }) => holdMembership(tx, chatId, actor.userId),
    allow: looksAfter,
    run: async ({ chatId, expiresAt: end, maxUses = null }, membership, { tx, actor, now, audit }) => {
      refuseUnlessGroup(membership);
      const expiresAt = end === undefined ? null : new Date(end);
      if (expiresAt !== null && expiresAt <= now) throw invalidField('expiresAt', 'must lie in the future');
      if ((await findChat(tx, chatId))?.joinPolicy === 'CLOSED') throw closed();
      if ((await openLinks(tx, chatId, now)).length >= MAX_LINKS) throw tooMany();
      const [id, token] = [newId(), randomBytes(32).toString('base64url')];
      const link = {
        id,
        chatId,
        tokenHash: sha256(token),
        createdBy: actor.userId,
        expiresAt,
        maxUses,
        createdAt: now,
      };
      await insertLink(tx, link);
      audit({ targetType: 'chat', targetId: chatId, after: { linkId: id, expiresAt, maxUses } });
      const times = { createdAt: now.toISOString(), expiresAt: expiresAt?.toISOString() ?? null };
      return { linkId: id, token, ...times, maxUses, uses: 0 };
    },
  });

const closed = (): AppError =>
  new AppError('CONFLICT', 'This group is CLOSED: let others ask, or come in, by chat.update first.');

const tooMany = (): AppError => new AppError('CONFLICT', `A group has ${MAX_LINKS} links at most.`);
