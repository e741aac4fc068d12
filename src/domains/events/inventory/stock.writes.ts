import type { Transaction } from '../../../platform/db/client.ts';
import { readStock } from './stock.reads.ts';
import type { Stock } from './stock.rules.ts';

/**
 * The event and its types as claims are decided from them, locked until the transaction ends: whoever else claims,
 * releases, offers or cancels at this event waits here, first of all locks. Null when there is no such event.
 */
export const lockStock = async (tx: Transaction, eventId: string): Promise<Stock | null> => {
  // Apart from the reading: after a wait, a statement still sees other rows as they were before it.
  const locked = await tx.$executeRaw`
    SELECT 1 FROM events WHERE id = ${eventId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
  return locked === 0 ? null : readStock(tx, eventId);
};
