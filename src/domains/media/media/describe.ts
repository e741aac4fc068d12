import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { PictureLinks } from '../../../platform/pictures/picture-links.ts';
import { describe } from './contract.ts';
import { findFile } from './media.reads.ts';
import { updateAltText } from './media.writes.ts';
import { isOwnFile } from './policy.ts';
import { showOwn } from './present.ts';

/** Says what a picture shows, until it is sent. */
export const describeMedia = ({ pictures }: { pictures: PictureLinks }) =>
  commit(describe, {
    load: ({ mediaId }, { tx }) => findFile(tx, mediaId),
    sees: isOwnFile,
    allow: anyone,
    run: async ({ mediaId, altText }, file, { tx, now, audit }) => {
      const said = altText || null;
      if (said === file.altText) return showOwn(file, { pictures, now });
      if (!(await updateAltText(tx, mediaId, said))) {
        throw new AppError('CONFLICT', 'The picture is part of a message already.');
      }
      audit({ targetType: 'media', targetId: mediaId, before: { altText: file.altText }, after: { altText: said } });
      return showOwn({ ...file, altText: said }, { pictures, now });
    },
  });
