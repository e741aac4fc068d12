import type { PayloadOf } from '../../../kernel/contract.ts';
import type { Subscriber } from '../../../kernel/domain.ts';
import { AppError } from '../../../kernel/errors.ts';
import { LONG_BOUNDS } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { isAllGone } from '../../payments/api.ts';
import { refundOwed } from '../../payments/api.writes.ts';
import { paymentCaptured } from '../../payments/facts.ts';
import { lockStock } from '../inventory/stock.writes.ts';
import { eventIdOf, findBooking } from './booking.reads.ts';
import type { BookingRecord } from './booking.rules.ts';
import { notePaidBy } from './booking.writes.ts';
import { claimAgain } from './claim-again.steps.ts';
import { type Confirming, confirmBooking } from './confirm.steps.ts';
import { buryDead } from './expire.steps.ts';

interface Deps {
  database: Database;
  sealing: Sealing;
}

type Captured = PayloadOf<typeof paymentCaptured>;

/**
 * Money has come for a booking: its seats are sold, or claimed again when the hold is over, or all of it goes back. Always
 * one of the two, in one transaction, and once (I3, I6).
 */
export const onPaymentCaptured = ({ database, sealing }: Deps): Subscriber =>
  subscribeInTransaction(database, {
    name: 'events.settlePaidBooking',
    fact: paymentCaptured,
    bounds: LONG_BOUNDS,
    run: async (tx, captured) => {
      const { bookingId } = captured;
      if (bookingId === null) return;
      const eventId = await eventIdOf(tx, bookingId);
      const stock = eventId === null ? null : await lockStock(tx, eventId);
      if (!stock) throw new Error(`payment ${captured.paymentId} is for a booking that is not there`);
      const record = recordIn(tx);
      const parts = { tx, record, sealing, stock: await buryDead({ tx, record, stock }) };
      await settle(parts, captured, bookingId);
    },
  });

const settle = async (parts: Confirming, captured: Captured, bookingId: string): Promise<void> => {
  const booking = await findBooking(parts.tx, bookingId);
  if (!booking || booking.price.paidBy === captured.paymentId) return;
  // The books gave up waiting for this fact and sent the money back, or a bank wants it: it must not buy seats as well.
  if (await isAllGone(parts.tx, captured.paymentId)) return;
  if (booking.price.paidBy !== undefined) return payBack(parts, captured, 'DUPLICATE');
  const isSold = isFor(captured, booking) && (await sell(parts, booking));
  if (isSold) return notePaidBy(parts.tx, bookingId, captured.paymentId);
  await payBack(parts, captured, 'LATE_PAYMENT');
};

const isFor = ({ amountMinor, currency }: Captured, { total, currency: owed }: BookingRecord): boolean =>
  BigInt(amountMinor) === total && currency === owed;

const sell = async (parts: Confirming, booking: BookingRecord): Promise<boolean> => {
  if (await confirmBooking(parts, booking)) return true;
  // Who cancelled does not want it any more; whose hold ran out does.
  if (booking.status !== 'EXPIRED') return false;
  const held = await tryClaim(parts, booking);
  return held !== null && confirmBooking(parts, held);
};

const REFUSALS: ReadonlySet<string> = new Set(['SOLD_OUT', 'SALE_CLOSED', 'ALREADY_BOOKED']);
/** Long enough for the rest of this transaction. */
const MOMENT_MS = 60_000;

const tryClaim = async (parts: Confirming, booking: BookingRecord): Promise<BookingRecord | null> => {
  const holdExpiresAt = new Date(parts.stock.now.getTime() + MOMENT_MS);
  try {
    return await claimAgain(parts, booking, { from: ['EXPIRED'], holdExpiresAt, isCodeDemanded: false });
  } catch (error) {
    if (error instanceof AppError && REFUSALS.has(error.code)) return null;
    throw error;
  }
};

/** All that is left of it: somebody may have given a part back before. */
const payBack = async (
  { tx, record, stock }: Confirming,
  { paymentId, bookingId, amountMinor }: Captured,
  reason: 'LATE_PAYMENT' | 'DUPLICATE',
): Promise<void> => {
  const owed = { paymentId, bookingId, amountMinor: BigInt(amountMinor), reason } as const;
  await refundOwed(tx, record, { ...owed, initiator: 'PLATFORM', now: stock.now });
};
