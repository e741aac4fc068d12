import type { Transaction } from '../../../../platform/db/client.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';

export interface Settlement {
  /** What the provider calls its transfer to our bank. */
  reference: string;
  amountMinor: bigint;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

/** The provider sent what it owed us to our bank account. */
export const journalSettlement = (
  tx: Transaction,
  { reference, amountMinor, currency, at }: Settlement,
): Promise<Posted> =>
  postJournal(tx, {
    sourceType: 'RECONCILIATION',
    sourceId: reference,
    kind: 'ADJUSTMENT',
    eventAt: at,
    entries: [
      { account: { kind: 'BANK' }, amountMinor: -amountMinor, currency },
      { account: { kind: 'PSP_CLEARING' }, amountMinor, currency },
    ],
  });
