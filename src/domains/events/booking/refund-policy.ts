import { z } from 'zod';
import type { RefundPolicyKind } from '../../../generated/prisma/enums.ts';
import { toStep } from '../../payments/api.ts';
import { DEFAULT_POLICY } from '../cancellation-policy/default.rules.ts';
import type { StockedEvent } from '../inventory/stock.rules.ts';

const Steps = z.array(z.object({ hoursBefore: z.number(), refundBasisPoints: z.int().min(0).max(10_000) }));

/** The cancellation policy as it was when the booking was made, with the start that was booked. */
export interface PolicySnapshot {
  name: string;
  kind: RefundPolicyKind;
  /** Latest first: cancelled `hoursBefore` the start or earlier, `refundBasisPoints` goes back. */
  steps: { hoursBefore: number; refundBasisPoints: number }[];
  /** Whether what the attendee paid on top for the platform goes back too. */
  feesRefundable: boolean;
  /** The date that was booked; once the event has another date that its guests were told of, that one. */
  startsAt: string;
  /** Everything goes back until then, whatever the steps say: the event was postponed, or moved to another date. */
  fullRefundUntil?: string;
}

/** The policy in force for a new booking. */
export const policyOf = ({ policy, startDate }: Pick<StockedEvent, 'policy' | 'startDate'>): PolicySnapshot => {
  const { steps, ...rest } = policy ?? DEFAULT_POLICY;
  return {
    ...rest,
    // Larger first, so that the first step that is reached decides.
    steps: Steps.parse(steps).sort((a, b) => b.hoursBefore - a.hoursBefore),
    startsAt: startDate.toISOString(),
  };
};

/** How much goes back at a moment, and until when it stays that much. */
export interface RefundTerms {
  basisPoints: number;
  feesRefundable: boolean;
  validUntil: Date | null;
}

/** The terms for people who are not at fault: they get everything back. */
export const EVERYTHING: RefundTerms = { basisPoints: 10_000, feesRefundable: true, validUntil: null };

const HOUR_MS = 3_600_000;

type Dated = Pick<StockedEvent, 'startDate'> & Partial<Pick<StockedEvent, 'status'>>;

/**
 * The refund that a policy gives for a cancellation now. Its steps count from the date in force, the event's own; while the event is
 * postponed it has none, and everything goes back.
 */
export const termsAt = (
  policy: PolicySnapshot,
  now: Date,
  { startDate, status }: Dated = { startDate: new Date(policy.startsAt) },
): RefundTerms => {
  if (status === 'POSTPONED') return EVERYTHING;
  if (policy.fullRefundUntil !== undefined && now < new Date(policy.fullRefundUntil)) {
    return { basisPoints: 10_000, feesRefundable: true, validUntil: new Date(policy.fullRefundUntil) };
  }
  const startMs = startDate.getTime();
  const untilOf = ({ hoursBefore }: { hoursBefore: number }): number => startMs - hoursBefore * HOUR_MS;
  const step = policy.steps.find((each) => now.getTime() <= untilOf(each));
  if (!step) return { basisPoints: 0, feesRefundable: false, validUntil: null };
  return {
    basisPoints: step.refundBasisPoints,
    feesRefundable: policy.feesRefundable,
    validUntil: new Date(untilOf(step)),
  };
};

interface Paid {
  ticketTypeId: string;
  pricePaid: bigint;
  /** ISO 4217. */
  currency: string;
}

interface ChargedLine {
  ticketTypeId: string;
  feeMinor: number;
  totalMinor: number;
}

/**
 * What goes back for one admission: its share of the total, less its share of the fee where that stays, by the terms;
 * rounded down to what can be sent of its currency, so that the parts never exceed the whole.
 */
export const refundOf = (
  { ticketTypeId, pricePaid, currency }: Paid,
  lines: readonly ChargedLine[],
  terms: RefundTerms,
): bigint => {
  const line = lines.find((each) => each.ticketTypeId === ticketTypeId);
  const isFeeKept = !terms.feesRefundable && line !== undefined && line.totalMinor > 0;
  // Rounded up: what is kept of a fee in parts is never less than all of it.
  const kept = isFeeKept ? ceilDivide(BigInt(line.feeMinor) * pricePaid, BigInt(line.totalMinor)) : 0n;
  return toStep(((pricePaid - kept) * BigInt(terms.basisPoints)) / 10_000n, currency);
};

const ceilDivide = (numerator: bigint, denominator: bigint): bigint => (numerator + denominator - 1n) / denominator;

/** How long a ticket may be given back for all of its money when the event is postponed or has another date. */
const FULL_REFUND_MS = 14 * 24 * HOUR_MS;
/** The right lasts at least this long, also where the event begins sooner. */
const AT_LEAST_MS = 24 * HOUR_MS;

/** Until when everything goes back after the event was postponed. */
export const fullRefundAfterPostponing = (postponedAt: Date): Date => new Date(postponedAt.getTime() + FULL_REFUND_MS);

/** Until when everything goes back after the event was given another date: its start ends the right, within a day it does not. */
export const fullRefundAfterMoving = (movedAt: Date, startDate: Date): Date => {
  const longest = movedAt.getTime() + FULL_REFUND_MS;
  const least = movedAt.getTime() + AT_LEAST_MS;
  return new Date(Math.min(longest, Math.max(least, startDate.getTime())));
};
