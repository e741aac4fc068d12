import type { z } from 'zod';
import type { Database } from '../../../platform/db/client.ts';
import { picturesById, type Showing } from '../../media/api.ts';
import type { MediaView } from '../../media/shapes/contract.ts';
import type { Message } from '../shapes/contract.ts';
import type { MessageView } from './overlay.rules.ts';

const time = (atMs: number): string => new Date(atMs).toISOString();

/** Messages as the wire shows them to the user whose reactions the views hold; their pictures are read in one query. */
export const presentMessages = async (
  reader: Pick<Database, 'mediaAsset'>,
  views: readonly MessageView[],
  showing: Showing,
): Promise<z.infer<typeof Message>[]> => {
  const mediaIds = views.flatMap(({ message }) => message.mediaIds);
  const pictures = await picturesById(reader, mediaIds, showing);
  return views.map((view) => present(view, pictures));
};

const present = (
  { message, reactors }: MessageView,
  pictures: ReadonlyMap<string, MediaView>,
): z.infer<typeof Message> => ({
  id: message.id,
  seq: message.seq,
  ordinal: message.ordinal,
  senderId: message.senderId,
  clientId: message.clientId,
  body: message.body,
  sentAt: time(message.sentAtMs),
  ...(message.editedAtMs === null ? {} : { editedAt: time(message.editedAtMs) }),
  ...(message.deletedAtMs === null ? {} : { deletedAt: time(message.deletedAtMs) }),
  ...(message.replyToSeq === null ? {} : { replyToSeq: message.replyToSeq }),
  ...(message.mentionIds.length === 0 ? {} : { mentions: [...message.mentionIds] }),
  ...(message.callsHere ? { here: true as const } : {}),
  ...(message.forwarded === null ? {} : { forwarded: message.forwarded }),
  ...mediaOf(message, pictures),
  reactions: { ...message.reactions },
  mine: [...reactors].map((key) => key.slice(0, key.indexOf(' '))),
  appliedSeq: message.appliedSeq,
});

/** A picture that was deleted since is left out. */
const mediaOf = (
  { mediaIds }: Pick<MessageView['message'], 'mediaIds'>,
  pictures: ReadonlyMap<string, MediaView>,
): { media?: MediaView[] } => {
  const media = mediaIds.flatMap((id) => pictures.get(id) ?? []);
  return media.length === 0 ? {} : { media };
};
