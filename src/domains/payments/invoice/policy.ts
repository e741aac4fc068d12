import type { Actor } from '../../../kernel/actor.ts';

/** Who has to do with an invoice. */
export interface Parties {
  buyerId: string;
  /** Null for the platform. */
  sellerId: string | null;
  isStaff: boolean;
}

/** Buyer, seller and staff may see an invoice. */
export const canSeeInvoice = ({ userId }: Actor, { buyerId, sellerId, isStaff }: Parties): boolean =>
  isStaff || userId === buyerId || userId === sellerId;
