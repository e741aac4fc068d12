import type { Transaction } from '../../../platform/db/client.ts';
import { presentRefund, type RefundView } from './present.ts';

interface Page {
  eventId: string;
  /** The id of the last refund of the page before. */
  after: string | undefined;
  limit: number;
}

/** Refunds of an event's bookings that its host owes by hand, the earliest first. */
export const refundsOwedByHand = async (
  reader: Pick<Transaction, 'refund'>,
  { eventId, after, limit }: Page,
): Promise<RefundView[]> => {
  const rows = await reader.refund.findMany({
    where: {
      byHand: true,
      status: 'REQUESTED',
      payment: { eventId },
      ...(after === undefined ? {} : { id: { gt: after } }),
    },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(presentRefund);
};
