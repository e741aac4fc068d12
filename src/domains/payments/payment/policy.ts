import type { Actor } from '../../../kernel/actor.ts';
import type { PaymentRow } from './payment.reads.ts';

/** Its payer. */
export const isPayer = (actor: Actor, { userId }: Pick<PaymentRow, 'userId'>): boolean => actor.userId === userId;
