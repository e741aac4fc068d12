import type { PaymentStatus } from '../../../generated/prisma/enums.ts';

/**
 * How far a payment is. A provider's message only ever raises it, so that the order in which messages arrive, and how
 * often, does not matter. FAILED stands above every open state: an attempt that failed is open no more, but its money may
 * still come.
 */
const RANKS: Record<PaymentStatus, number> = {
  PENDING: 0,
  REQUIRES_ACTION: 1,
  PROCESSING: 2,
  AUTHORIZED: 3,
  FAILED: 4,
  QUARANTINED: 5,
  CANCELLED: 6,
  COMPLETED: 7,
  PARTIALLY_REFUNDED: 7,
  REFUNDED: 7,
  DISPUTED: 7,
  DISPUTE_WON: 7,
  DISPUTE_LOST: 7,
};

/** True when `to` is further than `from`. */
export const isFurther = (to: PaymentStatus, from: PaymentStatus): boolean => RANKS[to] > RANKS[from];

/** States in which money may still be asked for; at most one payment of a booking is in one. */
export const OPEN_STATES = ['PENDING', 'REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED'] as const;

/** States in which nothing was taken, and which can be given up. */
export const UNCAPTURED_STATES = [...OPEN_STATES, 'FAILED'] as const;

const NOT_CAPTURED: ReadonlySet<PaymentStatus> = new Set([...UNCAPTURED_STATES, 'QUARANTINED', 'CANCELLED']);

/** True once the provider took the money, whatever became of it since. */
export const isCaptured = (status: PaymentStatus): boolean => !NOT_CAPTURED.has(status);
