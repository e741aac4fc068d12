import type { Transaction } from '../../../platform/db/client.ts';

/** Friends that are looked through at once; of more, those of longest standing. */
const MAX_FRIENDS = 5_000;

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

/** Somebody's friends, those of longest standing first. */
export const friendsOf = async (reader: Pick<Transaction, 'friendship'>, userId: string): Promise<string[]> => {
  const rows = await reader.friendship.findMany({
    where: { status: 'ACCEPTED', OR: [{ requesterId: userId }, { addresseeId: userId }] },
    orderBy: { id: 'asc' },
    take: MAX_FRIENDS,
    select: { requesterId: true, addresseeId: true },
  });
  return rows.map(({ requesterId, addresseeId }) => (requesterId === userId ? addresseeId : requesterId));
};
