import type { RefundMessage } from '../provider/message.rules.ts';
import type { RefundReader, RefundRow } from './refund.reads.ts';

/**
 * The refund a message speaks of: by the provider's name for it, by ours, or, where it names neither, the oldest one of
 * that amount which waits.
 * @returns null when we never asked for it, 'repeat' when all it can mean has settled
 */
export const findMeant = async (
  reader: RefundReader,
  paymentId: string,
  { refundRef, refundId, amountMinor }: RefundMessage,
): Promise<RefundRow | 'repeat' | null> => {
  if (refundRef !== undefined) {
    const named = await reader.refund.findUnique({ where: { providerRefundId: refundRef } });
    if (named) return named.paymentId === paymentId ? named : null;
  }
  if (refundId !== undefined) return reader.refund.findFirst({ where: { id: refundId, paymentId } });
  if (refundRef !== undefined) return null;
  const alike = await reader.refund.findMany({
    where: { paymentId, amount: BigInt(amountMinor) },
    orderBy: { id: 'asc' },
  });
  const waiting = alike.find(({ status }) => status === 'REQUESTED' || status === 'SUBMITTED' || status === 'UNKNOWN');
  if (waiting) return waiting;
  return alike.some(({ status }) => status === 'SETTLED') ? 'repeat' : null;
};
