import type { BreakStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

export type BreakReader = Pick<Transaction, 'reconciliationBreak'>;

/** One difference, or null. */
export const findBreak = (reader: BreakReader, id: string) => reader.reconciliationBreak.findUnique({ where: { id } });

export type BreakRow = NonNullable<Awaited<ReturnType<typeof findBreak>>>;

interface Page {
  status: BreakStatus;
  /** The id of the last one of the page before. */
  after: string | undefined;
  limit: number;
}

/** Differences. Ids grow with time, so the latest come first. */
export const listBreaks = (reader: BreakReader, { status, after, limit }: Page) =>
  reader.reconciliationBreak.findMany({
    where: { status, ...(after === undefined ? {} : { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });

/** True when there is such a journal. */
export const hasJournal = async (reader: Pick<Transaction, 'transaction'>, id: string): Promise<boolean> =>
  (await reader.transaction.findUnique({ where: { id }, select: { id: true } })) !== null;
