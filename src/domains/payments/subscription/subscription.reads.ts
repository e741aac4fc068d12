import type { Transaction } from '../../../platform/db/client.ts';
import { OPEN_STATES } from '../payment/rank.rules.ts';
import { type Standing, type SubscriptionFacts, standingOf } from './standing.rules.ts';

type Reader = Pick<Transaction, 'subscription' | 'payment'>;

/** States in which a person has a subscription; there is one at most. */
export const LIVE_STATES = ['TRIALING', 'ACTIVE', 'PAST_DUE', 'PAUSED'] as const;

const WITH_PLAN = { include: { plan: { select: { interval: true } } } } as const;

export const findSubscription = (reader: Reader, id: string) =>
  reader.subscription.findUnique({ where: { id }, ...WITH_PLAN });

export type SubscriptionRow = NonNullable<Awaited<ReturnType<typeof findSubscription>>>;

/** A person's subscription that lives; null when there is none. */
export const findLive = (reader: Reader, userId: string) =>
  reader.subscription.findFirst({ where: { userId, status: { in: [...LIVE_STATES] } }, ...WITH_PLAN });

/** A person's last subscription, whatever became of it. */
export const findLast = (reader: Reader, userId: string) =>
  reader.subscription.findFirst({ where: { userId }, orderBy: { createdAt: 'desc' }, ...WITH_PLAN });

/** Whether a person has tried a plan before: a trial is given once. */
export const hasTried = async (reader: Reader, userId: string): Promise<boolean> =>
  (await reader.subscription.count({ where: { userId, trialEndsAt: { not: null } } })) > 0;

/** Payments that were taken for it and have not gone back, in the order in which they were taken. */
export const paidPayments = async (reader: Reader, subscriptionId: string) => {
  const rows = await reader.payment.findMany({
    where: { subscriptionId, purpose: 'SUBSCRIPTION', capturedAmount: { gt: 0 } },
    orderBy: [{ completedAt: 'asc' }, { id: 'asc' }],
    select: {
      ...{ id: true, status: true, capturedAmount: true, refundedAmount: true, disputedAmount: true },
      ...{ taxAmount: true, currency: true },
    },
  });
  // While a bank decides about it a period counts as paid; what is lost counts as gone.
  return rows.filter(({ status, capturedAmount, refundedAmount, disputedAmount }) => {
    const gone = status === 'DISPUTE_LOST' ? refundedAmount + disputedAmount : refundedAmount;
    return gone < capturedAmount;
  });
};

/** The payment that waits for its payer; null when none does. */
export const findOpenCharge = (reader: Reader, subscriptionId: string) =>
  reader.payment.findFirst({ where: { subscriptionId, status: { in: [...OPEN_STATES] } }, orderBy: { id: 'desc' } });

/** Everything that was ever asked for since a moment, the latest first; 20 at most. */
export const chargesSince = (reader: Reader, subscriptionId: string, since: Date) =>
  reader.payment.findMany({
    where: { subscriptionId, createdAt: { gte: since } },
    orderBy: { id: 'desc' },
    take: 20,
    select: { status: true, method: true, createdAt: true },
  });

/** What is known of a subscription. */
export const factsOf = async (reader: Reader, row: SubscriptionRow): Promise<SubscriptionFacts> => ({
  ...row,
  interval: row.plan.interval,
  paidPeriods: (await paidPayments(reader, row.id)).length,
});

/** Where a subscription stands. What has ended does not live again, whatever is paid for it afterwards. */
export const readStanding = async (reader: Reader, row: SubscriptionRow, now: Date): Promise<Standing> => {
  const standing = standingOf(await factsOf(reader, row), now);
  if (row.status !== 'CANCELLED' && row.status !== 'EXPIRED') return standing;
  return { ...standing, status: row.status, isEntitled: false };
};

/** Subscriptions whose time is near or over, in the order of their ids. */
export const subscriptionsDue = (
  reader: Reader,
  { endingBefore, after, limit }: { endingBefore: Date; after: string; limit: number },
): Promise<{ id: string }[]> =>
  reader.subscription.findMany({
    where: {
      status: { in: [...LIVE_STATES] },
      id: { gt: after },
      OR: [{ currentPeriodEnd: { lte: endingBefore } }, { status: 'PAST_DUE' }],
    },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true },
  });
