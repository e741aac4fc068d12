import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { subscriptionChanged } from '../facts.ts';
import { wireMoney } from '../money/wire.rules.ts';
import { cancelPayment } from '../payment/cancel.writes.ts';
import { OPEN_STATES } from '../payment/rank.rules.ts';
import type { Standing } from './standing.rules.ts';
import { findSubscription, readStanding, type SubscriptionRow } from './subscription.reads.ts';

/** The subscription, its row locked until the transaction ends. */
export const lockSubscription = async (tx: Transaction, id: string): Promise<SubscriptionRow | null> => {
  await tx.$queryRaw`SELECT id FROM subscriptions WHERE id = ${id}::uuid FOR UPDATE`;
  return findSubscription(tx, id);
};

interface Settled {
  subscription: SubscriptionRow;
  standing: Standing;
}

/**
 * Writes down where a subscription stands. It may be called at any time, any number of times. One that ends gives up its
 * open payments: money that comes all the same goes back.
 * @returns null when there is no such subscription
 */
export const settleSubscription = async (
  tx: Transaction,
  record: RecordFact,
  { id, now }: { id: string; now: Date },
): Promise<Settled | null> => {
  const row = await lockSubscription(tx, id);
  if (row === null) return null;
  const first = await readStanding(tx, row, now);
  if (isOver(row.status)) return { subscription: row, standing: first };
  if (isOver(first.status) || row.cancelAtPeriodEnd) await giveUpPayments(tx, record, id);
  // A payment may have been taken before it could be given up: then it counts.
  const standing = isOver(first.status) ? await readStanding(tx, row, now) : first;
  const subscription = await write(tx, row, standing);
  const isMoved = row.status !== standing.status || row.currentPeriodEnd.getTime() !== standing.periodEnd.getTime();
  if (isMoved) await record(subscriptionChanged, changeOf(row, standing));
  return { subscription, standing };
};

const changeOf = ({ id, userId, price, currency }: SubscriptionRow, { status, periodEnd }: Standing) => {
  const { amountMinor: priceMinor } = wireMoney(price, currency);
  return { subscriptionId: id, userId, status, periodEnd: periodEnd.toISOString(), priceMinor, currency };
};

const isOver = (status: SubscriptionRow['status']): boolean => status === 'CANCELLED' || status === 'EXPIRED';

const giveUpPayments = async (tx: Transaction, record: RecordFact, subscriptionId: string): Promise<void> => {
  const open = await tx.payment.findMany({
    where: { subscriptionId, status: { in: [...OPEN_STATES, 'FAILED'] } },
    orderBy: { id: 'asc' },
    select: { id: true, bookingId: true, userId: true },
  });
  for (const payment of open) await cancelPayment(tx, record, payment);
};

const write = async (tx: Transaction, row: SubscriptionRow, { status, periodStart, periodEnd }: Standing) => {
  const { count } = await tx.subscription.updateMany({
    where: { id: row.id },
    data: { status, currentPeriodStart: periodStart, currentPeriodEnd: periodEnd },
  });
  if (count === 0) throw new Error(`subscription ${row.id} is gone`);
  return { ...row, status, currentPeriodStart: periodStart, currentPeriodEnd: periodEnd };
};
