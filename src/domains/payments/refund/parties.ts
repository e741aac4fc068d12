import { type Actor, STAFF_ROLES } from '../../../kernel/actor.ts';
import { bookedPayment } from '../payment/booked.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';
import type { Parties } from './policy.ts';

/** Who has to do with a payment, as the actor's rights on its refunds and disputes need it. */
export const partiesOf = (actor: Actor, payment: PaymentRow): Parties => ({
  payerId: payment.userId,
  hostId: bookedPayment(payment).hostId,
  isStaff: STAFF_ROLES.has(actor.role),
});
