import type { Transaction } from '../../platform/db/client.ts';
import type { PictureLinks } from '../../platform/pictures/picture-links.ts';
import { checkUsable, findOwnPicture } from './media/usable.reads.ts';
import { picturesToSend as sendable } from './message/sendable.reads.ts';
import { picturesById as byId } from './message/shown.reads.ts';
import type { MediaView } from './shapes/contract.ts';
import { PICTURE as PICTURE_COLUMNS, type PictureRow, showPicture as show } from './shapes/present.ts';

export type { PictureRow } from './shapes/present.ts';

/** What a query must select of `media_assets` for `showPicture`. */
export const PICTURE = PICTURE_COLUMNS;

/** What makes the addresses of pictures. */
export interface Pictured {
  pictures: Pick<PictureLinks, 'link'>;
}

/** What showing a picture takes: its address changes from day to day. */
export interface Showing extends Pictured {
  now: Date;
}

/**
 * A picture for who may see what it belongs to, which the caller has made sure of: the addresses in it open it for anybody.
 * Null for none, and for one that cannot be shown (any more).
 */
export const showPicture = (row: PictureRow | null, showing: Showing): MediaView | null => show(row, showing);

/**
 * Whether somebody has such a picture: of one that is somebody else’s is not even said that it is there.
 */
export const isOwnPicture = async (
  reader: Pick<Transaction, 'mediaAsset'>,
  assetId: string,
  ownerId: string,
): Promise<boolean> => (await findOwnPicture(reader, assetId, ownerId)) !== null;

/**
 * Refuses to show a picture that is not fit to be shown. `field` names the input it came in.
 * @throws NOT_FOUND when it is not the person’s; CONFLICT for what is no picture, not there yet, or not found clean
 */
export const refuseUnfitPicture = checkUsable;

/**
 * The pictures that somebody sends in a message, as its readers are shown them, in the order of `mediaIds`. Whether another
 * message that is not stored yet has one of them, the caller finds out.
 * @throws NOT_FOUND, CONFLICT naming the id’s place in `field`
 */
export const picturesToSend = sendable;

/** These pictures by their ids, in one query; absent is what was deleted. Who may see them the caller has made sure of. */
export const picturesById = byId;
