import type { PaymentRow } from './payment.reads.ts';

type Moved = Pick<PaymentRow, 'capturedAmount' | 'refundedAmount' | 'disputedAmount'>;

/**
 * What of a payment can still be sent back, in minor units: captured, less refunds that have not failed, less disputes that
 * are open or lost. Never below nothing, though a bank may take more than is left.
 */
export const leftOf = ({ capturedAmount, refundedAmount, disputedAmount }: Moved): bigint => {
  const left = capturedAmount - refundedAmount - disputedAmount;
  return left > 0n ? left : 0n;
};
