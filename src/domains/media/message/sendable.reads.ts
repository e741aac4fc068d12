import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { PictureLinks } from '../../../platform/pictures/picture-links.ts';
import type { MediaView } from '../shapes/contract.ts';
import { PICTURE, showPicture } from '../shapes/present.ts';
import { SENDABLE_FOR_MS } from '../upkeep/kept-for.rules.ts';

type Reader = Pick<Transaction, 'mediaAsset' | '$queryRaw'>;

/** Pictures that somebody wants to send in one message. */
export interface Sending {
  mediaIds: readonly string[];
  ownerId: string;
  /** The input field that holds the ids. */
  field: string;
  pictures: Pick<PictureLinks, 'link'>;
  now: Date;
}

/**
 * The pictures as the message’s readers are shown them, in the order of the ids.
 * @throws NOT_FOUND for one that is not the person’s or is about to be tidied away; CONFLICT for one that is not ready, was
 * uploaded for something else, or is in a stored message; both name the id’s place
 */
export const picturesToSend = async (reader: Reader, sending: Sending): Promise<MediaView[]> => {
  const { mediaIds, field } = sending;
  const rows = new Map((await findOwn(reader, sending)).map((row) => [row.id, row]));
  const archived = await findArchived(reader, mediaIds);
  return mediaIds.map((id, place) => {
    const row = rows.get(id);
    if (!row) throw refusal('NOT_FOUND', `${field}.${place}`, 'You have no such picture.');
    const picture = showPicture(row, sending);
    const isSent = row.chatId !== null || archived.has(id);
    if (isSent) throw refusal('CONFLICT', `${field}.${place}`, 'The picture is in another message.');
    if (row.purpose !== 'MESSAGE') {
      throw refusal('CONFLICT', `${field}.${place}`, `The picture was uploaded for ${row.purpose}, not MESSAGE.`);
    }
    if (!picture) {
      const state = `The picture is ${row.status} and ${row.scanState}; it must be READY and CLEAN.`;
      throw refusal('CONFLICT', `${field}.${place}`, state);
    }
    return picture;
  });
};

const findOwn = (reader: Reader, { mediaIds, ownerId, now }: Sending) => {
  const unattachedAfter = new Date(now.getTime() - SENDABLE_FOR_MS);
  return reader.mediaAsset.findMany({
    where: {
      ...{ id: { in: [...mediaIds] }, ownerId, deletedAt: null },
      OR: [{ unattachedAt: null }, { unattachedAt: { gt: unattachedAfter } }],
    },
    select: { ...PICTURE, purpose: true, chatId: true },
  });
};

/** Those of the files that an archived message shows, whose rows no longer say so. */
const findArchived = async (reader: Reader, mediaIds: readonly string[]): Promise<Set<string>> => {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT wanted.id FROM unnest(${[...mediaIds]}::uuid[]) AS wanted (id)
    WHERE EXISTS (SELECT FROM archive.messages WHERE asset_ids <> '{}' AND asset_ids @> ARRAY[wanted.id])`;
  return new Set(rows.map(({ id }) => id));
};

const refusal = (code: 'NOT_FOUND' | 'CONFLICT', path: string, message: string): AppError =>
  new AppError(code, `${path}: ${message}`, { issues: [{ path, message }] });
