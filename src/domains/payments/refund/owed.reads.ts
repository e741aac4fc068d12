import type { Transaction } from '../../../platform/db/client.ts';
import { openDisputesOf } from '../payment/disputed.reads.ts';
import { leftOf } from '../payment/left.rules.ts';
import { findPayment } from '../payment/payment.reads.ts';
import { admissionCalled, admissionsOf } from './admission.reads.ts';
import { refundedForAdmission } from './refund.reads.ts';

type Reader = Pick<Transaction, 'payment' | 'refund' | 'eventParticipant'>;

/** What a rule says is to go back, for the whole or for one admission; minor units. */
export interface Wish {
  participantId?: string;
  amountMinor: bigint;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
 * What of an admission's price has not gone back and is not on its way, whoever holds the ticket now; minor units. Null when
 * it is not of this booking.
 */
export const leftOfAdmission = async (
  reader: Pick<Transaction, 'refund' | 'eventParticipant'>,
  { participantId, bookingId }: { participantId: string; bookingId: string | null },
): Promise<bigint | null> => {
  const admission = admissionCalled(await admissionsOf(reader, bookingId), participantId);
  return admission === undefined ? null : admission.pricePaid - (await refundedForAdmission(reader, admission.ids));
};

/**
 * What of each wish would be sent now, one after the other, as `refundOwed` does. Exact only while the payment is locked.
 * @returns in the order of the wishes; nothing for a payment that is not there
 */
export const refundable = async (reader: Reader, paymentId: string, wishes: readonly Wish[]): Promise<bigint[]> => {
  const payment = await findPayment(reader, paymentId);
  let left = payment === null ? 0n : leftOf(payment);
  const sent: bigint[] = [];
  for (const { participantId, amountMinor } of wishes) {
    const ofAdmission =
      participantId === undefined || payment === null
        ? amountMinor
        : ((await leftOfAdmission(reader, { participantId, bookingId: payment.bookingId })) ?? 0n);
    const now = least(least(amountMinor, ofAdmission), left);
    sent.push(now > 0n ? now : 0n);
    left -= sent.at(-1) ?? 0n;
  }
  return sent;
};

/**
 * Whether the payer's bank wants back all that is left of a payment (DISPUTED), or has taken it (LOST). NOTHING when
 * something is left, whatever part of it is disputed.
 */
export const takenByBank = async (
  reader: Pick<Transaction, 'payment' | 'dispute'>,
  paymentId: string,
): Promise<'NOTHING' | 'DISPUTED' | 'LOST'> => {
  const payment = await findPayment(reader, paymentId);
  if (payment === null || payment.disputedAmount === 0n || leftOf(payment) > 0n) return 'NOTHING';
  // Of two disputes the one that is open may still be won.
  return (await openDisputesOf(reader, paymentId)) > 0n ? 'DISPUTED' : 'LOST';
};
