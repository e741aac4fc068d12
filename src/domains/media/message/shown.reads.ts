import type { Transaction } from '../../../platform/db/client.ts';
import type { PictureLinks } from '../../../platform/pictures/picture-links.ts';
import type { MediaView } from '../shapes/contract.ts';
import { PICTURE, showPicture } from '../shapes/present.ts';

/** These pictures by their ids, in one query; absent is what was deleted. No ids cost nothing. */
export const picturesById = async (
  reader: Pick<Transaction, 'mediaAsset'>,
  mediaIds: readonly string[],
  showing: { pictures: Pick<PictureLinks, 'link'>; now: Date },
): Promise<Map<string, MediaView>> => {
  if (mediaIds.length === 0) return new Map();
  const rows = await reader.mediaAsset.findMany({ where: { id: { in: [...mediaIds] } }, select: PICTURE });
  const shown = rows.map((row) => showPicture(row, showing));
  return new Map(shown.flatMap((picture) => (picture ? [[picture.id, picture] as const] : [])));
};
