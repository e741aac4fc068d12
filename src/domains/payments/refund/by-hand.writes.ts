import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import { presentRefund, type RefundView } from './present.ts';
import { findRefund } from './refund.reads.ts';
import { settleRefund } from './settle.writes.ts';

/** What a host paid back to the payer of a booking, outside of the platform. */
export interface PaidBackByHand {
  refundId: string;
  /** The booking it must be of. */
  bookingId: string;
  /** The host's own name for it: the number of a receipt or a transfer. */
  reference: string;
  now: Date;
}

/**
 * Settles a refund that its host owed by hand. Told again with the same reference, it answers the refund as it is.
 * @throws NOT_FOUND when the booking has no such refund
 * @throws CONFLICT for one that a provider pays, and one that was settled under another reference
 */
export const settleByHand = async (
  tx: Transaction,
  record: RecordFact,
  { refundId, bookingId, reference, now }: PaidBackByHand,
): Promise<RefundView> => {
  const asked = await findRefund(tx, refundId);
  const payment = asked?.bookingId === bookingId ? await lockPayment(tx, asked.paymentId) : null;
  // Read again under the lock: of two at once the second finds it settled.
  const refund = payment && (await findRefund(tx, refundId));
  if (!refund) throw new AppError('NOT_FOUND', 'This booking has no such refund.');
  if (!refund.byHand) throw new AppError('CONFLICT', 'This refund goes back the way the money came.');
  if (refund.status === 'SETTLED' && refund.reference === reference) return presentRefund(refund);
  if (refund.status !== 'REQUESTED') throw new AppError('CONFLICT', `The refund is ${refund.status} already.`);
  const named = await tx.refund.update({ where: { id: refundId }, data: { reference } });
  await settleRefund({ tx, record, now }, payment, named, null);
  return presentRefund((await findRefund(tx, refundId)) ?? named);
};
