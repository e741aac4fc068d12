import type { Transaction } from '../../../../platform/db/client.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';

export interface PlatformDiscount {
  /** The payment that the discount lowered. */
  paymentId: string;
  hostId: string;
  discountMinor: bigint;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

/** The platform pays the host what its promo code took off the price. */
export const journalPlatformDiscount = (
  tx: Transaction,
  { paymentId, hostId, discountMinor, currency, at }: PlatformDiscount,
): Promise<Posted> =>
  postJournal(tx, {
    sourceType: 'PAYMENT',
    sourceId: paymentId,
    kind: 'PROMO',
    eventAt: at,
    entries: [
      { account: { kind: 'PROMO_EXPENSE' }, amountMinor: -discountMinor, currency },
      { account: { kind: 'HOST_PENDING', ownerId: hostId }, amountMinor: discountMinor, currency },
    ],
  });
