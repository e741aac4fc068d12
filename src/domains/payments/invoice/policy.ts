import { type Actor, isStaff } from '../../../kernel/actor.ts';
import type { StoredInvoice } from './invoice.reads.ts';

/** Buyer, seller and staff may see an invoice; the platform is the seller where no issuer is named. */
export const canSeeInvoice = (
  actor: Actor,
  { userId, issuerId }: Pick<StoredInvoice, 'userId' | 'issuerId'>,
): boolean => isStaff(actor) || actor.userId === userId || actor.userId === issuerId;
