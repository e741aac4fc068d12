import type { Database } from '../../../platform/db/client.ts';

/** States in which a booking has what was paid for, or had it and gave it back by its own rules. */
const SERVED = ['CONFIRMED'] as const;
const BATCH = 100;
/** What has been given nothing for longer was looked at by a person: a refund of it failed. */
const OLDEST_MS = 48 * 3_600_000;

/** Money taken before `until`, but not days before, of which nothing goes back, for bookings that were never confirmed. */
export const unclaimedPayments = (database: Database, until: Date) =>
  database.payment.findMany({
    where: {
      status: 'COMPLETED',
      purpose: 'BOOKING',
      refundedAmount: 0,
      completedAt: { lt: until, gt: new Date(until.getTime() - OLDEST_MS) },
      booking: { status: { notIn: [...SERVED] }, confirmedAt: null },
    },
    orderBy: { completedAt: 'asc' },
    take: BATCH,
  });
