import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';

type Reader = Pick<Transaction, 'chatJoinRequest'>;

/** Those who wait to be let into a group, the latest first. @param after the last one of the page before */
export const requestsPage = (
  reader: Reader,
  chatId: string,
  { after, limit }: { after: Place | null; limit: number },
) =>
  reader.chatJoinRequest.findMany({
    where: { chatId, status: 'PENDING', ...(after ? before(after) : {}) },
    orderBy: [{ requestedAt: 'desc' }, { userId: 'desc' }],
    take: limit,
    select: { userId: true, requestedAt: true },
  });

const before = ({ at, id }: Place) => ({
  OR: [{ requestedAt: { lt: at } }, { requestedAt: at, userId: { lt: id } }],
});

/** Whether somebody waits to be let into a group. */
export const isAsking = async (reader: Reader, chatId: string, userId: string): Promise<boolean> =>
  (await reader.chatJoinRequest.count({ where: { chatId, userId, status: 'PENDING' } })) === 1;
