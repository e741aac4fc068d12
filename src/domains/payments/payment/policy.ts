import { type Actor, isStaff } from '../../../kernel/actor.ts';
import type { PaymentRow } from './payment.reads.ts';

/** Its payer. */
export const isPayer = (actor: Actor, { userId }: Pick<PaymentRow, 'userId'>): boolean => actor.userId === userId;

/** Its payer and staff may see a payment. */
export const canSeePayment = (actor: Actor, payment: Pick<PaymentRow, 'userId'>): boolean =>
  isPayer(actor, payment) || isStaff(actor);
