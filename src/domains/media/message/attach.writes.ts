import type { Transaction } from '../../../platform/db/client.ts';
import { recordFact } from '../../../platform/facts/outbox.ts';
import { mediaDeleted } from '../facts.ts';
import { markDeleted } from '../media/media.writes.ts';

/** A message’s place. */
export interface MessagePlace {
  chatId: string;
  seq: number;
}

/** A message and the pictures in it, in their order. */
export interface WithPictures extends MessagePlace {
  senderId: string;
  mediaIds: readonly string[];
}

/**
 * Ties pictures to the messages that were just stored. A picture belongs to the one message that gets it first; what was deleted
 * meanwhile, and messages that are not there, change nothing. Harmless to repeat.
 */
export const attachToMessages = async (tx: Transaction, messages: readonly WithPictures[]): Promise<void> => {
  const sent = messages.flatMap(({ mediaIds, ...message }) =>
    mediaIds.map((mediaId, sortOrder) => ({ ...message, mediaId, sortOrder })),
  );
  if (sent.length === 0) return;
  const ids = sent.map(({ mediaId }) => mediaId);
  // In one order, so that two who lock the same pictures wait for each other instead of blocking.
  await tx.$executeRaw`SELECT 1 FROM media_assets WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  await tx.$executeRaw`
    UPDATE media_assets AS asset
    SET chat_id = sent.chat_id, message_seq = sent.seq, sort_order = sent.sort_order, unattached_at = NULL
    FROM unnest(
      ${ids}::uuid[],
      ${sent.map(({ senderId }) => senderId)}::uuid[],
      ${sent.map(({ chatId }) => chatId)}::uuid[],
      ${sent.map(({ seq }) => seq)}::bigint[],
      ${sent.map(({ sortOrder }) => sortOrder)}::int[]
    ) AS sent (asset_id, sender_id, chat_id, seq, sort_order)
    JOIN messages AS m ON m.chat_id = sent.chat_id AND m.seq = sent.seq
      AND m.sender_id = sent.sender_id AND m.deleted_at IS NULL
    WHERE asset.id = sent.asset_id AND asset.owner_id = sent.sender_id
      AND asset.status = 'READY' AND asset.chat_id IS NULL`;
};

/** Deletes the pictures of messages that were deleted; their bytes follow. */
export const deleteWithMessages = async (
  tx: Transaction,
  places: readonly MessagePlace[],
  now: Date,
): Promise<void> => {
  if (places.length === 0) return;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT asset.id
    FROM media_assets AS asset
    JOIN unnest(
      ${places.map(({ chatId }) => chatId)}::uuid[],
      ${places.map(({ seq }) => seq)}::bigint[]
    ) AS place (chat_id, seq) ON asset.chat_id = place.chat_id AND asset.message_seq = place.seq
    ORDER BY asset.id
    FOR UPDATE OF asset`;
  if (rows.length === 0) return;
  const marked = await markDeleted(
    tx,
    rows.map(({ id }) => id),
    now,
  );
  for (const { id: mediaId, ownerId } of marked) await recordFact(tx, mediaDeleted, { mediaId, ownerId });
};
