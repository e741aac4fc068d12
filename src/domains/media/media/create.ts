import { AppError } from '../../../kernel/errors.ts';
import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { PictureLinks } from '../../../platform/pictures/picture-links.ts';
import { create, MAX_STORED_BYTES, MAX_UNFINISHED } from './contract.ts';
import { findFile, usageOf } from './media.reads.ts';
import { insertAnnounced, lockOwner } from './media.writes.ts';
import { showOwn } from './present.ts';

/** An announced file whose bytes have not come by then is forgotten. */
export const UPLOAD_WITHIN_MS = 24 * 60 * 60 * 1_000;

/** Announces a picture. */
export const createMedia = ({ pictures }: { pictures: PictureLinks }) =>
  commit(create, {
    load: nothing,
    allow: anyone,
    run: async ({ altText, ...input }, _subject, { tx, actor, now, audit }) => {
      await lockOwner(tx, actor.userId);
      refuseBeyondShare(await usageOf(tx, actor.userId), input.byteSize);
      const announced = { ...input, altText: altText || null, ownerId: actor.userId, now };
      const mediaId = await insertAnnounced(tx, announced);
      const row = await findFile(tx, mediaId);
      if (!row) throw new Error(`media ${mediaId} was announced and is not there`);
      audit({ targetType: 'media', targetId: mediaId, after: { ...input, altText: altText || null } });
      const upload = {
        method: 'PUT' as const,
        url: pictures.address(`/v1/media/${mediaId}/content`),
        headers: { 'content-type': input.mimeType },
        expiresAt: new Date(now.getTime() + UPLOAD_WITHIN_MS).toISOString(),
      };
      return { media: showOwn(row, { pictures, now }), upload };
    },
  });

/** @throws CONFLICT naming the bound */
const refuseBeyondShare = (used: { unfinished: number; bytes: bigint }, byteSize: number): void => {
  if (used.unfinished >= MAX_UNFINISHED) {
    throw new AppError('CONFLICT', `${MAX_UNFINISHED} uploads are not finished: finish or delete one first.`);
  }
  if (used.bytes + BigInt(byteSize) > BigInt(MAX_STORED_BYTES)) {
    throw new AppError('CONFLICT', 'Your pictures take 1 GiB, which is all you may store: delete some first.');
  }
};
