import type { Transaction } from '../../../platform/db/client.ts';
import { PICTURE } from '../../media/api.ts';

type Reader = Pick<Transaction, 'chat'>;

const CHAT = {
  ...{ id: true, kind: true, title: true, createdAt: true, joinPolicy: true, slowModeSeconds: true },
  avatarAsset: { select: PICTURE },
} as const;

/** A chat by itself, or null. */
export const findChat = (reader: Reader, chatId: string) =>
  reader.chat.findUnique({ where: { id: chatId }, select: CHAT });

/** The chat of a pair, or null. @param directKey see `directKeyOf` */
export const findDirectChat = (reader: Reader, directKey: string) =>
  reader.chat.findUnique({ where: { directKey }, select: CHAT });
