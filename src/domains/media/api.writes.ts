import type { Transaction } from '../../platform/db/client.ts';
import type { Removal } from '../../platform/removal.ts';
import { removeOwned } from './media/remove-owned.steps.ts';
import {
  attachToMessages as attach,
  deleteWithMessages as deleteFrom,
  type MessagePlace,
  type WithPictures,
} from './message/attach.writes.ts';

/**
 * Ties pictures to the messages that were just stored, in the transaction that stored them. A picture belongs to the first
 * message that gets it; what was deleted meanwhile changes nothing. Harmless to repeat.
 */
export const attachToMessages = (tx: Transaction, messages: readonly WithPictures[]): Promise<void> =>
  attach(tx, messages);

/** Deletes the pictures of messages that were deleted, in the transaction that deletes them; their bytes follow. */
export const deleteWithMessages = (tx: Transaction, places: readonly MessagePlace[], now: Date): Promise<void> =>
  deleteFrom(tx, places, now);

/** See `media/remove-owned.ts`: deletes the files of accounts that are being removed. */
export const removeFilesOf: Removal = (removing) => removeOwned(removing);
