import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Deps } from '../deps.ts';
import { mediaDeleted } from '../facts.ts';
import { remove } from './contract.ts';
import { findFile } from './media.reads.ts';
import { markDeleted } from './media.writes.ts';
import { isNamed } from './named.reads.ts';
import { isOwnFile } from './policy.ts';

/** Deletes one of the caller’s own pictures. Its bytes follow, by `upkeep/on-media-deleted.ts`. */
export const deleteMedia = ({ fileColumns }: Pick<Deps, 'fileColumns'>) => {
  const proofs = fileColumns.filter(({ isProof }) => isProof);
  return commit(remove, {
    load: ({ mediaId }, { tx }) => findFile(tx, mediaId),
    sees: isOwnFile,
    allow: anyone,
    run: async ({ mediaId }, { ownerId, purpose, status }, { tx, now, record, audit }) => {
      if (await isNamed(tx, mediaId, proofs)) {
        throw new AppError('CONFLICT', 'A verification stands on this document; it cannot be deleted.');
      }
      await markDeleted(tx, [mediaId], now);
      await record(mediaDeleted, { mediaId, ownerId });
      audit({ targetType: 'media', targetId: mediaId, before: { purpose, status } });
      return { mediaId };
    },
  });
};
