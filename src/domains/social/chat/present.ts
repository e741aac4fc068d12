import type { z } from 'zod';
import type { Message } from '../shapes/contract.ts';
import type { MessageView } from './overlay.ts';

const time = (atMs: number): string => new Date(atMs).toISOString();

/** A message as the wire shows it to the user whose reactions the view holds. */
export const presentMessage = ({ message, reactors }: MessageView): z.infer<typeof Message> => ({
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
  reactions: { ...message.reactions },
  mine: [...reactors].map((key) => key.slice(0, key.indexOf(' '))),
  appliedSeq: message.appliedSeq,
});
