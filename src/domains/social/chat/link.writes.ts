import type { Transaction } from '../../../platform/db/client.ts';

interface NewLink {
  id: string;
  chatId: string;
  tokenHash: string;
  createdBy: string;
  expiresAt: Date | null;
  maxUses: number | null;
  createdAt: Date;
}

export const insertLink = async (tx: Transaction, link: NewLink): Promise<void> => {
  await tx.chatLink.create({ data: link, select: { id: true } });
};

/** @returns when it ended, now or before; null when the group has no such link */
export const endLink = async (
  tx: Transaction,
  { chatId, linkId, now }: { chatId: string; linkId: string; now: Date },
): Promise<Date | null> => {
  await tx.chatLink.updateMany({ where: { id: linkId, chatId, revokedAt: null }, data: { revokedAt: now } });
  const row = await tx.chatLink.findFirst({ where: { id: linkId, chatId }, select: { revokedAt: true } });
  return row?.revokedAt ?? null;
};

/** Uses a link once more. @returns false when it is used up by now */
export const useLink = async (tx: Transaction, linkId: string): Promise<boolean> => {
  const used = await tx.$executeRaw`
    UPDATE chat_links SET uses = uses + 1
    WHERE id = ${linkId}::uuid AND (max_uses IS NULL OR uses < max_uses)`;
  return used === 1;
};

/** Asks to come in; whoever asked before stays as they are. */
export const insertRequest = async (
  tx: Transaction,
  { chatId, userId, now }: { chatId: string; userId: string; now: Date },
): Promise<void> => {
  await tx.chatJoinRequest.createMany({ data: [{ chatId, userId, requestedAt: now }], skipDuplicates: true });
};

interface Decision {
  chatId: string;
  userId: string;
  status: 'APPROVED' | 'DECLINED';
  decidedBy: string;
  decidedAt: Date;
}

export const decideRequest = async (tx: Transaction, { chatId, userId, ...decision }: Decision): Promise<void> => {
  await tx.chatJoinRequest.update({
    where: { chatId_userId: { chatId, userId } },
    data: decision,
    select: { status: true },
  });
};

/** Takes away what somebody asked who is in the group by now, so that they may ask again once they are not. */
export const deleteRequest = async (tx: Transaction, chatId: string, userId: string): Promise<void> => {
  await tx.chatJoinRequest.deleteMany({ where: { chatId, userId } });
};
