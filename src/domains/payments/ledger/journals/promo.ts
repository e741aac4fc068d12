import type { Transaction } from '../../../../platform/db/client.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';

export interface PlatformDiscount {
  /** The payment that the discount lowered; or, when nothing was left to pay, the redemption itself. */
  source: { type: 'PAYMENT' | 'PROMO_REDEMPTION'; id: string };
  hostId: string;
  discountMinor: bigint;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

/** The platform pays the host what its promo code took off the price. */
export const journalPlatformDiscount = (
  tx: Transaction,
  { source, hostId, discountMinor, currency, at }: PlatformDiscount,
): Promise<Posted> =>
  postJournal(tx, {
    sourceType: source.type,
    sourceId: source.id,
    kind: 'PROMO',
    eventAt: at,
    entries: [
      { account: { kind: 'PROMO_EXPENSE' }, amountMinor: -discountMinor, currency },
      { account: { kind: 'HOST_PENDING', ownerId: hostId }, amountMinor: discountMinor, currency },
    ],
  });
