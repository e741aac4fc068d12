import type { Transaction } from '../../../platform/db/client.ts';
import { journalSubscriptionEarned } from '../ledger/journals/subscription.steps.ts';
import { earnedOf } from './earned.reads.ts';
import { lockSubscription } from './settle.writes.ts';
import { slicesDue } from './slices.rules.ts';
import { anchorOf } from './standing.rules.ts';
import { paidPayments } from './subscription.reads.ts';

/** Books what of a subscription became income by now. */
export const recogniseEarned = async (tx: Transaction, id: string, now: Date): Promise<void> => {
  const subscription = await lockSubscription(tx, id);
  if (subscription === null) return;
  const earned = await earnedOf(tx, id);
  const payments = await paidPayments(tx, id);
  for (const [place, { capturedAmount, refundedAmount, taxAmount, currency }] of payments.entries()) {
    // Of what goes back, tax is a part as it is of the whole.
    const left = capturedAmount - refundedAmount;
    const netMinor = left - (taxAmount * left) / capturedAmount;
    const period = { anchor: anchorOf(subscription), interval: subscription.plan.interval, place, netMinor, earned };
    for (const { end, earnedMinor } of slicesDue(period, now)) {
      await journalSubscriptionEarned(tx, { subscriptionId: id, periodEnd: end, earnedMinor, currency, at: now });
    }
  }
};
