import type { MediaKind, MediaScanState, MediaStatus } from '../../../generated/prisma/enums.ts';
import type { PictureLinks } from '../../../platform/pictures/picture-links.ts';
import { variantsOf } from '../../../platform/pictures/picture-sizes.ts';
import type { MediaView } from './contract.ts';

/** What is read of a picture that is to be shown. */
export const PICTURE = {
  ...{ id: true, kind: true, status: true, scanState: true, deletedAt: true },
  ...{ storageKey: true, width: true, height: true, blurHash: true, altText: true },
} as const;

export interface PictureRow {
  id: string;
  kind: MediaKind;
  status: MediaStatus;
  scanState: MediaScanState;
  deletedAt: Date | null;
  storageKey: string;
  width: number | null;
  height: number | null;
  blurHash: string | null;
  altText: string | null;
}

interface Showing {
  pictures: Pick<PictureLinks, 'link'>;
  now: Date;
}

/** What may be shown of it; null when that is nothing. */
export const showPicture = (row: PictureRow | null, { pictures, now }: Showing): MediaView | null => {
  if (!row || !isFit(row) || row.deletedAt !== null) return null;
  const { id, storageKey, width, height, blurHash, altText } = row;
  if (width === null || height === null || blurHash === null) return null;
  const sources = variantsOf({ width, height }).map(({ name, ...size }) => ({
    ...size,
    url: pictures.link(storageKey, name, now),
  }));
  return { id, width, height, blurHash, altText, sources };
};

/** Whether it is a picture that was processed and found clean. */
export const isFit = ({ kind, status, scanState }: Pick<PictureRow, 'kind' | 'status' | 'scanState'>): boolean =>
  kind === 'IMAGE' && status === 'READY' && scanState === 'CLEAN';
