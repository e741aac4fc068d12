import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { newId } from '../../../platform/ids.ts';
import { cancelOpenPayments } from '../payment/cancel.writes.ts';
import { findPayment, isPaid } from '../payment/payment.reads.ts';
import { type PaymentView, presentPayment } from '../payment/present.ts';
import type { ByHand } from './by-hand.rules.ts';
import { capturePayment } from './capture.writes.ts';
import { holdPaymentsOf, type PaymentStart, rowOf } from './start.writes.ts';

/** A booking's price that its host took by hand, outside of the platform. */
export interface TakenByHand extends Omit<PaymentStart, 'settings' | 'method'> {
  method: ByHand;
  /** The host's own name for it: the number of a receipt or a transfer. */
  reference: string;
}

/**
 * Writes down that a host took the money of a booking by hand: a payment that is captured at once, with what of it is owed to
 * us booked as the host's debt. An open online payment is given up; money that comes for it all the same is paid back.
 * @throws CONFLICT when the booking is paid already
 */
export const takeByHand = async (tx: Transaction, record: RecordFact, taken: TakenByHand): Promise<PaymentView> => {
  const { bookingId, reference, now } = taken;
  await holdPaymentsOf(tx, bookingId);
  // In this order: a capture under way is waited for here, and found paid below; a later one finds its payment given up.
  await cancelOpenPayments(tx, record, { bookingId, now });
  if (await isPaid(tx, bookingId)) throw new AppError('CONFLICT', 'This booking is paid already.');
  const row = await tx.payment.create({ data: { id: newId(), ...rowOf(taken), provider: 'MANUAL', reference } });
  await capturePayment({ tx, record, now }, row, null);
  return presentPayment((await findPayment(tx, row.id)) ?? row);
};
