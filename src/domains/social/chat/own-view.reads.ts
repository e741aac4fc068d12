import type { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';
import type { OwnView } from '../shapes/contract.ts';

/** The columns of a member's row that nobody else is shown. */
export interface OwnRow {
  notificationLevel: 'ALL' | 'MENTIONS' | 'NOTHING';
  mutedUntil: Date | null;
  isMarkedUnread: boolean;
  silencedUntil: Date | null;
  hiddenAtOrdinal: bigint | null;
}

/** @param lastOrdinal the chat's last message that is stored: a hidden chat comes back with the next one */
export const presentOwnView = (row: OwnRow, lastOrdinal: number, now: Date): z.input<typeof OwnView> => ({
  notificationLevel: row.notificationLevel,
  mutedUntil: ahead(row.mutedUntil, now),
  isMarkedUnread: row.isMarkedUnread,
  isHidden: row.hiddenAtOrdinal !== null && lastOrdinal <= Number(row.hiddenAtOrdinal),
  silencedUntil: ahead(row.silencedUntil, now),
});

const ahead = (end: Date | null, now: Date): string | null => (end !== null && end > now ? end.toISOString() : null);

/** A member's own view of a chat. @throws Error for who was never a member */
export const findOwnView = async (
  reader: Pick<Transaction, 'chatParticipant' | 'chatMessageSequence'>,
  { chatId, userId, now }: { chatId: string; userId: string; now: Date },
) => {
  const row = await reader.chatParticipant.findUniqueOrThrow({
    where: { chatId_userId: { chatId, userId } },
    select: {
      ...{ notificationLevel: true, mutedUntil: true, isMarkedUnread: true, silencedUntil: true },
      ...{ hiddenAtOrdinal: true, chat: { select: { sequence: { select: { lastOrdinal: true } } } } },
    },
    relationLoadStrategy: 'join',
  });
  return presentOwnView(row, Number(row.chat.sequence?.lastOrdinal ?? 0), now);
};
