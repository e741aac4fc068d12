import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'chatParticipant'>;

interface Wanted {
  chatId: string;
  seq: number;
  senderId: string;
  /** Those who have read on to the message by what the log's end says. */
  aheadIds: readonly string[];
}

const whoRead = ({ chatId, seq, senderId, aheadIds }: Wanted) => ({
  ...{ chatId, leftAt: null, userId: { not: senderId } },
  OR: [{ lastReadSeq: { gte: seq } }, { userId: { in: [...aheadIds] } }],
});

/** How many members other than its sender have read on to a message. */
export const countReaders = (reader: Reader, wanted: Wanted): Promise<number> =>
  reader.chatParticipant.count({ where: whoRead(wanted) });

/** The members other than its sender who have read on to a message. For chats of few members. */
export const readersOf = async (reader: Reader, wanted: Wanted): Promise<string[]> => {
  const rows = await reader.chatParticipant.findMany({
    where: whoRead(wanted),
    orderBy: { userId: 'asc' },
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
};
