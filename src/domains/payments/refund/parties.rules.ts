import { bookedPayment } from '../payment/booked.rules.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';
import type { Parties } from './policy.ts';

/** The two sides of a payment, as rights on its refunds and disputes need them. */
export const partiesOf = (payment: PaymentRow): Parties => ({
  payerId: payment.userId,
  hostId: bookedPayment(payment).hostId,
});
