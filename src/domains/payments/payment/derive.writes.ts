import type { PaymentStatus } from '../../../generated/prisma/enums.ts';
import type { Applying } from '../applying/applying.steps.ts';
import { paymentMoved } from '../facts.ts';
import type { PaymentRow } from './payment.reads.ts';

/**
 * What a captured payment's refunds and disputes make of it. Worked out anew each time, so that it does not matter in
 * which order they came.
 * @param payment locked, and captured
 */
export const deriveStatus = async ({ tx, record }: Pick<Applying, 'tx' | 'record'>, payment: PaymentRow) => {
  const { id: paymentId, userId } = payment;
  const disputes = await tx.dispute.findMany({ where: { paymentId }, select: { status: true } });
  const settled = await tx.refund.aggregate({ where: { paymentId, status: 'SETTLED' }, _sum: { amount: true } });
  const has = (...statuses: string[]): boolean => disputes.some(({ status }) => statuses.includes(status));
  const status = statusOf({
    isLost: has('LOST'),
    isOpen: has('OPENED', 'EVIDENCE_SUBMITTED'),
    isWon: has('WON', 'WITHDRAWN'),
    refundedMinor: settled._sum.amount ?? 0n,
    capturedMinor: payment.capturedAmount,
  });
  const { count } = await tx.payment.updateMany({
    where: { id: paymentId, status: { not: status } },
    data: { status },
  });
  if (count === 1) await record(paymentMoved, { paymentId, userId });
};

interface Standing {
  isLost: boolean;
  isOpen: boolean;
  isWon: boolean;
  refundedMinor: bigint;
  capturedMinor: bigint;
}

const statusOf = ({ isLost, isOpen, isWon, refundedMinor, capturedMinor }: Standing): PaymentStatus => {
  if (isLost) return 'DISPUTE_LOST';
  if (isOpen) return 'DISPUTED';
  if (refundedMinor >= capturedMinor) return 'REFUNDED';
  if (refundedMinor > 0n) return 'PARTIALLY_REFUNDED';
  return isWon ? 'DISPUTE_WON' : 'COMPLETED';
};
