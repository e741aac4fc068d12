import type { Actor } from '../../../kernel/actor.ts';

/** Whose money it is, and whose earnings it was. */
export interface Parties {
  payerId: string;
  /** Null when the payment was not for a booking. */
  hostId: string | null;
  /** Whether the actor is a member of staff. */
  isStaff: boolean;
}

/** Payer, host and staff may see a refund. */
export const canSeeRefund = ({ userId }: Actor, { payerId, hostId, isStaff }: Parties): boolean =>
  isStaff || userId === payerId || userId === hostId;

/** The host who was paid may give money back, and so may staff. */
export const canRefund = ({ userId }: Actor, { hostId, isStaff }: Parties): boolean => isStaff || userId === hostId;
