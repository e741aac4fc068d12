import type { Transaction } from '../../../../platform/db/client.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';

export interface ProviderFee {
  paymentId: string;
  feeMinor: bigint;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

/** What the provider kept for itself: a journal of its own, never netted into the capture. */
export const journalProviderFee = (
  tx: Transaction,
  { paymentId, feeMinor, currency, at }: ProviderFee,
): Promise<Posted> =>
  postJournal(tx, {
    sourceType: 'PAYMENT',
    sourceId: paymentId,
    kind: 'PROVIDER_FEE',
    eventAt: at,
    entries: [
      { account: { kind: 'PSP_FEE_EXPENSE' }, amountMinor: -feeMinor, currency },
      { account: { kind: 'PSP_CLEARING' }, amountMinor: feeMinor, currency },
    ],
  });
