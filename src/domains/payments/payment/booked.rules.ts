import { z } from 'zod';
import type { BookedPayment } from '../ledger/booked-payment.rules.ts';
import { HostShares } from '../money/host-shares.rules.ts';
import type { PaymentRow } from './payment.reads.ts';

/** What of the kept commission snapshot the books and releases need. */
const Snapshot = z.object({
  hostId: z.uuid(),
  /** What the platform itself pays the host for its own promo code; minor units. */
  platformDiscountMinor: z.int().min(0).default(0),
  /** What co-hosts were to have of it when it was sold. */
  shares: HostShares.default([]),
});

/** What was kept with the payment; null when it was not for a booking. */
export const snapshotOf = ({ commissionSnapshot }: PaymentRow): z.output<typeof Snapshot> | null =>
  Snapshot.safeParse(commissionSnapshot).data ?? null;

/** What the platform pays the host of this payment for its own promo code; minor units. */
export const platformDiscountOf = (payment: PaymentRow): bigint =>
  BigInt(snapshotOf(payment)?.platformDiscountMinor ?? 0);

/** What the books must know of a payment. */
export const bookedPayment = (payment: PaymentRow): BookedPayment => ({
  id: payment.id,
  userId: payment.userId,
  purpose: payment.purpose,
  method: payment.method,
  currency: payment.currency,
  hostId: snapshotOf(payment)?.hostId ?? null,
  ...(payment.reference === null ? {} : { byHand: payment.reference }),
});
