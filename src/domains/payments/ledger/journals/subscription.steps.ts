import type { Transaction } from '../../../../platform/db/client.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';

interface Amounts {
  amountMinor: bigint;
  /** What of it is tax; minor units. */
  taxMinor: bigint;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

const CLEARING = { kind: 'PSP_CLEARING' } as const;
const DEFERRED = { kind: 'SUBSCRIPTION_DEFERRED' } as const;
const TAX = { kind: 'TAX_PAYABLE' } as const;

/** A plan was paid for: ours only as its time passes. */
export const journalSubscriptionPaid = (
  tx: Transaction,
  { paymentId, amountMinor, taxMinor, currency, at }: Amounts & { paymentId: string },
): Promise<Posted> =>
  postJournal(tx, {
    sourceType: 'PAYMENT',
    sourceId: paymentId,
    kind: 'SUBSCRIPTION',
    eventAt: at,
    entries: [
      { account: CLEARING, amountMinor: -amountMinor, currency },
      { account: DEFERRED, amountMinor: amountMinor - taxMinor, currency },
      { account: TAX, amountMinor: taxMinor, currency },
    ],
  });

export interface EarnedPeriod {
  subscriptionId: string;
  /** Names the span of time: its end. A span is earned once. */
  periodEnd: Date;
  earnedMinor: bigint;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

/** Time has passed: that part of the price is income. */
export const journalSubscriptionEarned = (
  tx: Transaction,
  { subscriptionId, periodEnd, earnedMinor, currency, at }: EarnedPeriod,
): Promise<Posted> =>
  postJournal(tx, {
    sourceType: 'SUBSCRIPTION',
    sourceId: `${subscriptionId}:${periodEnd.toISOString()}`,
    kind: 'SUBSCRIPTION',
    eventAt: at,
    entries: [
      { account: DEFERRED, amountMinor: -earnedMinor, currency },
      { account: { kind: 'PLATFORM_COMMISSION' }, amountMinor: earnedMinor, currency },
    ],
  });

/** What is left of a plan's price goes back to its payer. @throws what the database refuses when it is earned already */
export const journalSubscriptionRefund = (
  tx: Transaction,
  { refundId, amountMinor, taxMinor, currency, at }: Amounts & { refundId: string },
): Promise<Posted> =>
  postJournal(tx, {
    sourceType: 'REFUND',
    sourceId: refundId,
    kind: 'REFUND',
    eventAt: at,
    entries: [
      { account: DEFERRED, amountMinor: -(amountMinor - taxMinor), currency },
      { account: TAX, amountMinor: -taxMinor, currency },
      { account: CLEARING, amountMinor, currency },
    ],
  });
