import type { PayoutStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'payout'>;

/** One payout, or null. */
export const findPayout = (reader: Reader, id: string) => reader.payout.findUnique({ where: { id } });

export type PayoutRow = NonNullable<Awaited<ReturnType<typeof findPayout>>>;

/** Items shown with a payout, which has as many at most. */
export const MAX_ITEMS = 1_000;

/** What a payout is made of, in the order in which it was booked. */
export const itemsOf = (reader: Pick<Transaction, 'payoutItem'>, payoutId: string) =>
  reader.payoutItem.findMany({
    where: { payoutId },
    orderBy: { journalId: 'asc' },
    take: MAX_ITEMS,
    select: { journalId: true, bookingId: true, amount: true },
  });

interface Page {
  /** Absent for the payouts of all hosts. */
  hostId: string | undefined;
  status: PayoutStatus | undefined;
  /** The id of the last payout of the page before. */
  after: string | undefined;
  limit: number;
}

/** Payouts. Ids grow with time, so the latest come first. */
export const listPayouts = (reader: Reader, { hostId, status, after, limit }: Page) =>
  reader.payout.findMany({
    where: {
      ...(hostId === undefined ? {} : { hostId }),
      ...(status === undefined ? {} : { status }),
      ...(after === undefined ? {} : { id: { lt: after } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  });
