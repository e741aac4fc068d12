import type { RecordFact } from '../../../platform/facts/record.ts';
import { paymentCaptured } from '../facts.ts';
import { wireMinor } from '../money/wire.rules.ts';
import type { PaymentRow } from './payment.reads.ts';

/** Tells that a payment was captured, at that moment; told again, for whoever missed it the first time. */
export const tellCaptured = (record: RecordFact, payment: PaymentRow, capturedAt: Date): Promise<void> =>
  record(paymentCaptured, {
    paymentId: payment.id,
    bookingId: payment.bookingId,
    subscriptionId: payment.subscriptionId,
    walletId: payment.walletId,
    eventId: payment.eventId,
    userId: payment.userId,
    amountMinor: wireMinor(payment.amount),
    currency: payment.currency,
    purpose: payment.purpose,
    capturedAt: capturedAt.toISOString(),
  });

/** `tellCaptured` of one that was captured before. */
export const tellCapturedAgain = (record: RecordFact, payment: PaymentRow): Promise<void> =>
  tellCaptured(record, payment, payment.completedAt ?? payment.createdAt);
