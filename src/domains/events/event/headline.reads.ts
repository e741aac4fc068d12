import type { Transaction } from '../../../platform/db/client.ts';

/** What an event is called, when it is, and whether it takes place. */
export const eventHeadlines = async (reader: Pick<Transaction, 'event'>, eventIds: readonly string[]) => {
  const rows = await reader.event.findMany({
    where: { id: { in: [...eventIds] } },
    select: { id: true, title: true, startDate: true, timeZone: true, status: true, hostId: true, coverAssetId: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
};
