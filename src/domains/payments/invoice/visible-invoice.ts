import { type Actor, STAFF_ROLES } from '../../../kernel/actor.ts';
import type { Database } from '../../../platform/db/client.ts';
import { findInvoice, type StoredInvoice } from './invoice.reads.ts';
import { canSeeInvoice } from './policy.ts';

/** An invoice, or null for who may not know that there is one. */
export const visibleInvoice = async (
  database: Pick<Database, 'invoice'>,
  actor: Actor,
  invoiceId: string,
): Promise<StoredInvoice | null> => {
  const invoice = await findInvoice(database, invoiceId);
  if (invoice === null) return null;
  const parties = { buyerId: invoice.userId, sellerId: invoice.issuerId, isStaff: STAFF_ROLES.has(actor.role) };
  return canSeeInvoice(actor, parties) ? invoice : null;
};
