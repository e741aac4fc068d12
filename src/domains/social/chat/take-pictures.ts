import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/client.ts';
import { type Pictured, picturesToSend } from '../../media/api.ts';
import type { MediaView } from '../../media/shapes/contract.ts';
import type { PictureClaims } from './picture-claim.store.ts';

export interface PictureDeps extends Pictured {
  database: Database;
  claims: PictureClaims;
}

interface Taking {
  mediaIds: readonly string[];
  ownerId: string;
  /** What tells the message from all others, the same for every repeat. */
  message: string;
  now: Date;
}

/**
 * Makes sure that a message may show these pictures and that no other message, sent anywhere at this moment, shows them.
 * Checked first: what is claimed is in no stored message, and none is claimed in vain.
 * @throws NOT_FOUND, CONFLICT naming the place in `mediaIds`
 */
export const takePictures = async (
  { database, pictures, claims }: PictureDeps,
  { mediaIds, ownerId, message, now }: Taking,
): Promise<MediaView[]> => {
  const media = await picturesToSend(database, { mediaIds, ownerId, field: 'mediaIds', pictures, now });
  const taken = await claims.claim(mediaIds, message).catch(refuseWithoutLog);
  if (taken === null) return media;
  const [path, reason] = [`mediaIds.${taken}`, 'The picture is in another message.'];
  throw new AppError('CONFLICT', `${path}: ${reason}`, { issues: [{ path, message: reason }] });
};

const refuseWithoutLog = (): never => {
  throw new AppError('OVERLOADED', 'The rooms’ log cannot be reached.', { retryAfterMs: 1_000 });
};
