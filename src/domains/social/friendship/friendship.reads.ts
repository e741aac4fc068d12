import type { Transaction } from '../../../platform/db/client.ts';

/** Those of the others who are friends of the person: one asked, the other accepted. */
export const friendsAmong = async (
  reader: Pick<Transaction, 'friendship'>,
  userId: string,
  otherIds: readonly string[],
): Promise<Set<string>> => {
  if (otherIds.length === 0) return new Set();
  const ids = [...otherIds];
  const rows = await reader.friendship.findMany({
    where: {
      status: 'ACCEPTED',
      OR: [
        { requesterId: userId, addresseeId: { in: ids } },
        { addresseeId: userId, requesterId: { in: ids } },
      ],
    },
    select: { requesterId: true, addresseeId: true },
  });
  return new Set(rows.map(({ requesterId, addresseeId }) => (requesterId === userId ? addresseeId : requesterId)));
};
