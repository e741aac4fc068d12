import type { Transaction } from './db/client.ts';
import type { RecordFact } from './facts/record.ts';

/** Accounts that are being removed, and the transaction that does it. */
export interface Removing {
  userIds: readonly string[];
  tx: Transaction;
  record: RecordFact;
  now: Date;
}

/**
 * Removes what these accounts made in one domain, or a bounded part of it. Only what money, an audit or other people stand on
 * may stay.
 * @returns false when there is more to remove: the accounts stay until a later call has done it
 */
export type Removal = (removing: Removing) => Promise<boolean>;
