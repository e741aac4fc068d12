import type { PlanInterval, SubscriptionStatus } from '../../../generated/prisma/enums.ts';
import { addMonths, MONTHS } from './intervals.rules.ts';

const DAY_MS = 24 * 3_600_000;
/** After what was paid has passed, features stay for so long. */
export const GRACE_MS = 7 * DAY_MS;
/** Who has never paid has so long to. */
export const FIRST_PAYMENT_MS = DAY_MS;

/** What is known of a subscription. */
export interface SubscriptionFacts {
  createdAt: Date;
  trialEndsAt: Date | null;
  interval: PlanInterval;
  /** Minor units per interval; a plan without a price is paid by itself. */
  price: bigint;
  /** Payments that were taken and have not gone back. */
  paidPeriods: number;
  cancelAtPeriodEnd: boolean;
  /** When its owner cancelled. */
  cancelledAt: Date | null;
}

export interface Standing {
  status: Exclude<SubscriptionStatus, 'PAUSED'>;
  /** Until when it is paid, or free to try; null when it is neither. */
  paidThrough: Date | null;
  isEntitled: boolean;
  periodStart: Date;
  periodEnd: Date;
}

/** Where paid time begins. */
export const anchorOf = ({ trialEndsAt, createdAt }: Pick<SubscriptionFacts, 'trialEndsAt' | 'createdAt'>): Date =>
  trialEndsAt ?? createdAt;

/** Where a subscription stands, from what was paid and the time alone: nobody's last word counts. */
export const standingOf = (facts: SubscriptionFacts, now: Date): Standing => {
  const anchor = anchorOf(facts);
  const paid = facts.price === 0n ? freePeriods(facts, now) : facts.paidPeriods;
  const months = MONTHS[facts.interval];
  const paidThrough = paid > 0 ? addMonths(anchor, paid * months) : facts.trialEndsAt;
  const current = { paidThrough, ...periodOf(facts, paid) };
  if (paidThrough === null) return { ...current, status: unpaidStatus(facts, now), isEntitled: false };
  if (now < paidThrough) return { ...current, status: paid > 0 ? 'ACTIVE' : 'TRIALING', isEntitled: true };
  if (facts.cancelAtPeriodEnd) return { ...current, status: 'CANCELLED', isEntitled: false };
  const isInGrace = now.getTime() < paidThrough.getTime() + GRACE_MS;
  return { ...current, status: isInGrace ? 'PAST_DUE' : 'EXPIRED', isEntitled: isInGrace && paid > 0 };
};

const unpaidStatus = ({ createdAt, cancelAtPeriodEnd }: SubscriptionFacts, now: Date): Standing['status'] => {
  if (cancelAtPeriodEnd) return 'CANCELLED';
  return now.getTime() < createdAt.getTime() + FIRST_PAYMENT_MS ? 'PAST_DUE' : 'EXPIRED';
};

/** The period that is paid last, the trial, or, when there is neither, the one to be paid first. */
const periodOf = (facts: SubscriptionFacts, paid: number): Pick<Standing, 'periodStart' | 'periodEnd'> => {
  const { createdAt, trialEndsAt } = facts;
  if (paid === 0 && trialEndsAt !== null) return { periodStart: createdAt, periodEnd: trialEndsAt };
  const months = MONTHS[facts.interval];
  const place = Math.max(paid - 1, 0);
  const anchor = anchorOf(facts);
  return { periodStart: addMonths(anchor, place * months), periodEnd: addMonths(anchor, (place + 1) * months) };
};

/** Periods of a free plan that have begun, by now or before it was cancelled. */
const freePeriods = (facts: SubscriptionFacts, now: Date): number => {
  const end = facts.cancelAtPeriodEnd ? (facts.cancelledAt ?? now) : now;
  const anchor = anchorOf(facts);
  if (end < anchor) return 0;
  const months = (end.getUTCFullYear() - anchor.getUTCFullYear()) * 12 + end.getUTCMonth() - anchor.getUTCMonth();
  const begun = Math.max(Math.floor(months / MONTHS[facts.interval]), 0);
  return addMonths(anchor, begun * MONTHS[facts.interval]) > end ? begun : begun + 1;
};
