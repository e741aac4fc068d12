import {
  paymentCaptured,
  paymentFailed,
  payoutFailed,
  payoutPaid,
  payoutReturned,
  refundSettled,
} from '../../../payments/facts.ts';
import { inWords, rule } from '../rule.ts';

/**
 * What payers, and hosts who are paid, must know. A paid booking is told as the booking it confirms, a paid subscription as
 * the time that it runs for.
 */
export const paymentRules = [
  rule(paymentCaptured, async ({ paymentId, userId, purpose, amountMinor, currency }) =>
    purpose !== 'WALLET_TOP_UP'
      ? []
      : [
          {
            userId,
            type: 'PAYMENT_COMPLETED',
            category: 'PAYMENT',
            title: 'Payment received',
            message: `We received ${inWords(amountMinor, currency)}.`,
            data: { paymentId },
            dedupeKey: `payment-captured:${paymentId}`,
          },
        ],
  ),

  rule(paymentFailed, async ({ paymentId, bookingId, userId }, { factId }) => [
    {
      userId,
      type: 'PAYMENT_FAILED',
      category: 'PAYMENT',
      priority: 'HIGH',
      title: 'A payment did not go through',
      message: `Nothing was charged. You may try again${bookingId ? ' while your seats are held' : ''}.`,
      data: { paymentId, ...(bookingId ? { bookingId } : {}) },
      dedupeKey: `payment-failed:${factId}`,
    },
  ]),

  rule(refundSettled, async ({ refundId, paymentId, bookingId, userId, amountMinor, currency }) => [
    {
      userId,
      type: 'REFUND_SETTLED',
      category: 'PAYMENT',
      title: 'Your money is on its way back',
      message: `${inWords(amountMinor, currency)} was paid back the way it came.`,
      data: { refundId, paymentId, ...(bookingId ? { bookingId } : {}) },
      dedupeKey: `refund-settled:${refundId}`,
    },
  ]),

  rule(payoutPaid, async ({ payoutId, hostId, amountMinor, currency }) => [
    {
      userId: hostId,
      type: 'PAYOUT_PAID',
      category: 'PAYMENT',
      title: 'Your earnings arrived',
      message: `${inWords(amountMinor, currency)} arrived at your bank.`,
      data: { payoutId },
      dedupeKey: `payout-paid:${payoutId}`,
    },
  ]),

  ...[payoutReturned, payoutFailed].map((failed) =>
    rule(failed, async ({ payoutId, hostId, amountMinor, currency }, { factId }) => [
      {
        userId: hostId,
        type: 'PAYOUT_FAILED',
        category: 'PAYMENT',
        priority: 'HIGH',
        title: 'Your earnings could not be paid out',
        message: `${inWords(amountMinor, currency)} did not arrive and is available again. Look at your payout account.`,
        data: { payoutId },
        dedupeKey: `payout-failed:${factId}`,
      },
    ]),
  ),
];
