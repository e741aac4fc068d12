import { commit } from '../../../platform/db/commit.ts';
import { isOwnPicture, type Pictured, refuseUnfitPicture } from '../../media/api.ts';
import { chatUpdated } from '../facts.ts';
import { findChat } from './chat.reads.ts';
import { holdMembership, refuseUnlessGroup } from './group.steps.ts';
import { looksAfter } from './policy.ts';
import { update } from './settings/contract.ts';
import { updateChat } from './settings.writes.ts';
import { avatarUrlOf } from './show-chat.ts';

/** Changes what a group is called, its picture, or how others come in. */
export const updateGroup = ({ pictures }: Pictured) =>
  commit(update, {
    load: async ({ chatId, mediaId }, { tx, actor }) => {
      const isMissing = typeof mediaId === 'string' && !(await isOwnPicture(tx, mediaId, actor.userId));
      return isMissing ? null : holdMembership(tx, chatId, actor.userId);
    },
    allow: looksAfter,
    run: async ({ chatId, title, mediaId, joinPolicy }, membership, { tx, actor, now, record, audit }) => {
      refuseUnlessGroup(membership);
      if (typeof mediaId === 'string') {
        await refuseUnfitPicture(tx, { assetId: mediaId, ownerId: actor.userId, field: 'mediaId' });
      }
      const before = await findChat(tx, chatId);
      await updateChat(tx, chatId, {
        ...(title === undefined ? {} : { title }),
        ...(mediaId === undefined ? {} : { avatarAssetId: mediaId }),
        ...(joinPolicy === undefined ? {} : { joinPolicy }),
      });
      const after = await findChat(tx, chatId);
      if (!before || !after) throw new Error(`chat ${chatId} has members but is not there`);
      await record(chatUpdated, { chatId, updatedBy: actor.userId });
      audit({
        ...{ targetType: 'chat', targetId: chatId },
        before: { title: before.title, avatarAssetId: before.avatarAsset?.id ?? null, joinPolicy: before.joinPolicy },
        after: { title: after.title, avatarAssetId: after.avatarAsset?.id ?? null, joinPolicy: after.joinPolicy },
      });
      const avatarUrl = avatarUrlOf(after.avatarAsset, { pictures, now });
      return { title: after.title, avatarUrl, joinPolicy: after.joinPolicy };
    },
  });
