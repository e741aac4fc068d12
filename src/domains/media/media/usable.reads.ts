import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { isFit } from '../shapes/present.ts';

type Reader = Pick<Transaction, 'mediaAsset'>;

/** A file that is somebody’s own and not deleted, or null. */
export const findOwnPicture = (reader: Reader, assetId: string, ownerId: string) =>
  reader.mediaAsset.findFirst({
    where: { id: assetId, ownerId, deletedAt: null },
    select: { id: true, kind: true, status: true, scanState: true },
  });

/** A picture that somebody wants to show. */
export interface Use {
  assetId: string;
  ownerId: string;
  /** The input field that names the picture. */
  field: string;
}

/** @throws NOT_FOUND, CONFLICT */
export const checkUsable = async (reader: Reader, { assetId, ownerId, field }: Use): Promise<void> => {
  const asset = await findOwnPicture(reader, assetId, ownerId);
  if (!asset) throw new AppError('NOT_FOUND', `${field}: You have no such picture.`);
  if (isFit(asset)) return;
  const reason =
    asset.kind === 'IMAGE'
      ? `The picture is ${asset.status} and ${asset.scanState}; it must be READY and CLEAN.`
      : 'This is no picture.';
  throw new AppError('CONFLICT', `${field}: ${reason}`, { issues: [{ path: field, message: reason }] });
};
