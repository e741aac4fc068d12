import { type Actor, isStaff } from '../../../kernel/actor.ts';

/** The two sides of a payment. */
export interface Parties {
  payerId: string;
  /** The host whose earnings it was; null when the payment was not for a booking. */
  hostId: string | null;
}

/** Payer, host and staff may see a refund. */
export const canSeeRefund = (actor: Actor, { payerId, hostId }: Parties): boolean =>
  isStaff(actor) || actor.userId === payerId || actor.userId === hostId;

/** The host who was paid may give money back, and so may staff. */
export const canRefund = (actor: Actor, { hostId }: Pick<Parties, 'hostId'>): boolean =>
  isStaff(actor) || actor.userId === hostId;
