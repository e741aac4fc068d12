import type { Database } from '../../../platform/db/client.ts';

/** States in which a booking has what was paid for, or had it and gave it back by its own rules. */
const SERVED = ['CONFIRMED'] as const;
const BATCH = 100;

/** Money taken before `until`, of which nothing goes back, for bookings that were never confirmed. */
export const unclaimedPayments = (database: Database, until: Date) =>
  database.payment.findMany({
    where: {
      status: 'COMPLETED',
      purpose: 'BOOKING',
      refundedAmount: 0,
      completedAt: { lt: until },
      booking: { status: { notIn: [...SERVED] }, confirmedAt: null },
    },
    orderBy: { completedAt: 'asc' },
    take: BATCH,
  });
