import type { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { bookingConfirmed, bookingHeld, bookingRequested, capacityChanged } from '../facts.ts';
import { claimAndSell } from '../inventory/seats.writes.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { claimUses, type Use } from '../promo-code/promo.writes.ts';
import { ensureSigningKey } from '../ticket/signing-key.writes.ts';
import { type BookingRecord, holdersOf, seatsOf, takenOffBy } from './booking.rules.ts';
import { insertBookings } from './booking.writes.ts';
import type { Placed } from './place.steps.ts';
import { protectEmails } from './protect-emails.steps.ts';

interface Settling {
  tx: Transaction;
  record: RecordFact;
  sealing: Pick<Sealing, 'seal'>;
  subjectKeys: Pick<SubjectKeys, 'encryptFor'>;
  stock: Stock;
  /** The seats are held already, by an offer. */
  isOffered?: boolean;
}

export const isPlaced = (each: Placed | AppError): each is Placed => 'booking' in each;

/**
 * Writes what was placed: seats, uses of codes, bookings, facts; a statement for each kind of row, however many orders.
 * @throws Error when a counter does not bear it: somebody changed a capacity or a code meanwhile, and nothing is kept
 */
export const settlePlaced = async (settling: Settling, placed: readonly Placed[]): Promise<void> => {
  const { tx, stock, record, isOffered = false } = settling;
  const bookings = placed.map(({ booking }) => booking);
  const seatsIn = (status: BookingRecord['status']) => bookings.filter((one) => one.status === status).flatMap(seatsOf);
  if (!isOffered) {
    const seats = { held: seatsIn('HELD'), sold: seatsIn('CONFIRMED') };
    if (!(await claimAndSell(tx, stock.event.id, seats))) throw new Error('the seats were there and are not');
  }
  await protectEmails(settling, bookings);
  await insertBookings(tx, bookings);
  if (!(await claimUses(tx, placed.flatMap(usesIn)))) throw new Error('the code was free and is not');
  if (bookings.some(({ status }) => status === 'CONFIRMED')) await ensureSigningKey(settling, stock.event);
  for (const booking of bookings) await tell(record, stock, booking);
  const claims = bookings.some(({ status }) => status !== 'REQUESTED');
  if (claims && !isOffered) await record(capacityChanged, { eventId: stock.event.id });
};

const usesIn = ({ booking, promo, uses }: Placed): Use[] =>
  promo === null
    ? []
    : [
        {
          promoCodeId: promo.id,
          bookingId: booking.id,
          userId: booking.userId,
          quantity: uses,
          discount: BigInt(takenOffBy(booking.price)),
          currency: booking.currency,
          state: booking.status === 'CONFIRMED' ? 'REDEEMED' : 'RESERVED',
        },
      ];

const tell = async (record: RecordFact, { event, now }: Stock, booking: BookingRecord): Promise<void> => {
  const { id: bookingId, userId, quantity, status, holdExpiresAt } = booking;
  const told = { bookingId, eventId: event.id, hostId: event.hostId, userId, quantity };
  if (status === 'REQUESTED') return record(bookingRequested, told);
  if (status === 'HELD') return record(bookingHeld, { ...told, holdExpiresAt: (holdExpiresAt ?? now).toISOString() });
  return record(bookingConfirmed, { ...told, ...confirmation(booking, now) });
};

/** What a confirmation tells besides who and where. */
export const confirmation = ({ admissions, total, currency }: BookingRecord, now: Date) => ({
  userIds: holdersOf(admissions),
  totalMinor: Number(total),
  currency,
  confirmedAt: now.toISOString(),
});
