import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import type { PlanRow } from '../subscription-plan/plan.reads.ts';
import { standingOf } from './standing.rules.ts';
import { findLive, hasTried } from './subscription.reads.ts';

const DAY_MS = 24 * 3_600_000;

interface Start {
  userId: string;
  plan: PlanRow;
  provider: PaymentProvider;
  now: Date;
}

/**
 * Begins a subscription, with the plan's trial for who never had one.
 * @returns its id
 * @throws CONFLICT while another one lives
 */
export const startSubscription = async (tx: Transaction, { userId, plan, provider, now }: Start): Promise<string> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`subscriptions of ${userId}`}, 0))`;
  if ((await findLive(tx, userId)) !== null) throw new AppError('CONFLICT', 'You have a subscription already.');
  const isTrial = plan.trialDays > 0 && !(await hasTried(tx, userId));
  const trialEndsAt = isTrial ? new Date(now.getTime() + plan.trialDays * DAY_MS) : null;
  const { price, currency, interval } = plan;
  const facts = { createdAt: now, trialEndsAt, interval, price, paidPeriods: 0 };
  const standing = standingOf({ ...facts, cancelAtPeriodEnd: false, cancelledAt: null }, now);
  const id = newId();
  await tx.subscription.create({
    data: {
      ...{ id, userId, planId: plan.id, price, currency, provider, trialEndsAt, createdAt: now },
      status: standing.status,
      currentPeriodStart: standing.periodStart,
      currentPeriodEnd: standing.periodEnd,
    },
    select: { id: true },
  });
  return id;
};

/** Notes that its owner wants it to end, or not. */
export const noteCancellation = async (tx: Transaction, id: string, cancelledAt: Date | null): Promise<void> => {
  await tx.subscription.updateMany({ where: { id }, data: { cancelAtPeriodEnd: cancelledAt !== null, cancelledAt } });
};
