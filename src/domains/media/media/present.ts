import type { PictureLinks } from '../../../platform/pictures/picture-links.ts';
import { type Media, Rejection } from '../shapes/contract.ts';
import { showPicture } from '../shapes/present.ts';
import type { OwnRow } from './media.reads.ts';

/** A file as its owner sees it. */
export const showOwn = (row: OwnRow, showing: { pictures: Pick<PictureLinks, 'link'>; now: Date }): Media => ({
  id: row.id,
  purpose: row.purpose,
  status: row.status,
  mimeType: row.mimeType,
  // Safe: bounded far below 2^53 when it was announced.
  byteSize: Number(row.byteSize),
  altText: row.altText,
  rejection: row.rejectionReason === null ? null : Rejection.parse(row.rejectionReason),
  picture: showPicture(row, showing),
  createdAt: row.createdAt.toISOString(),
});
