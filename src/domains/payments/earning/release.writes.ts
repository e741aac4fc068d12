import type { Transaction } from '../../../platform/db/client.ts';
import { journalRelease } from '../ledger/journals/release.steps.ts';
import { snapshotOf } from '../payment/booked.rules.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import { isContested, isPostponed } from './due.reads.ts';

/**
 * Releases what one payment earned: what its host owes is recovered, the rest becomes available to the host and to whoever
 * had a share when it was sold. Once for each payment, however often it is asked for.
 * @returns false when it was released before, its money may still move back, or its event is postponed
 */
export const releaseEarnings = async (tx: Transaction, paymentId: string, now: Date): Promise<boolean> => {
  // Refunds and disputes lock the payment too: none begins between the question and the release.
  const payment = await lockPayment(tx, paymentId);
  if (payment === null || payment.releasedAt !== null) return false;
  if (await isContested(tx, paymentId)) return false;
  if (await isPostponed(tx, paymentId)) return false;
  const snapshot = snapshotOf(payment);
  if (snapshot === null) throw new Error(`whose earnings payment ${paymentId} is was not written down`);
  const { hostId, shares } = snapshot;
  const { currency } = payment;
  await journalRelease(tx, { hostId, currency, paymentId, shares, at: now });
  await tx.payment.update({ where: { id: paymentId }, data: { releasedAt: now }, select: { id: true } });
  return true;
};
