import { randomInt } from 'node:crypto';
import type { BookingSource } from '../../../generated/prisma/enums.ts';
import { newId } from '../../../platform/ids.ts';
import { type ChargesSnapshot, splitInSteps } from '../../payments/api.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import type { Promo } from '../promo-code/promo.ts';
import { type AdmissionRecord, type BookingRecord, takenOffBy } from './booking.rules.ts';
import type { OrderedLine } from './order.rules.ts';
import type { PolicySnapshot } from './refund-policy.ts';

/** Somebody who comes besides the booker. */
export interface GuestDraft {
  fullName: string;
  email?: string | undefined;
  userId?: string | undefined;
}

/** Money of an order, in minor units. */
export interface Charged {
  subtotalMinor: bigint;
  discountMinor: bigint;
  taxMinor: bigint;
  feeMinor: bigint;
  totalMinor: bigint;
  lines: { ticketTypeId: string; quantity: number; totalMinor: bigint }[];
  snapshot: ChargesSnapshot;
}

export interface BookingDraft {
  stock: Stock;
  userId: string;
  lines: readonly OrderedLine[];
  guests: readonly GuestDraft[];
  charged: Charged;
  /** The code that lowered the price. */
  promo: Pick<Promo, 'code' | 'funding'> | null;
  /** In force for the event. */
  policy: PolicySnapshot;
  source: BookingSource;
  /** REQUESTED claims nothing; CONFIRMED is sold at once. */
  status: 'REQUESTED' | 'HELD' | 'CONFIRMED';
  holdMs: number;
}

/** Letters and digits that are not taken for one another. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const REFERENCE_LENGTH = 9;

const newReference = (): string =>
  Array.from({ length: REFERENCE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** A booking as it will be stored, with one admission for each human. */
export const draftBooking = (draft: BookingDraft): BookingRecord => {
  const { stock, userId, charged, status, source, promo } = draft;
  const { now, event } = stock;
  return {
    id: newId(),
    reference: newReference(),
    userId,
    eventId: event.id,
    status,
    source,
    quantity: draft.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    subtotal: charged.subtotalMinor,
    discount: charged.discountMinor,
    tax: charged.taxMinor,
    fee: charged.feeMinor,
    total: charged.totalMinor,
    currency: event.currency,
    price: { ...charged.snapshot, promoCode: promo?.code ?? null, ...platformPart(promo, charged) },
    policy: draft.policy,
    holdExpiresAt: status === 'HELD' ? new Date(now.getTime() + draft.holdMs) : null,
    createdAt: now,
    confirmedAt: status === 'CONFIRMED' ? now : null,
    cancelledAt: null,
    cancellationReason: null,
    admissions: draftAdmissions(draft),
  };
};

/** Kept with the booking: what its capture pays the host does not depend on what becomes of the code (P6). */
const platformPart = (promo: BookingDraft['promo'], { snapshot }: Charged): { platformDiscountMinor?: number } => {
  const platformDiscountMinor = takenOffBy(snapshot);
  return promo?.funding === 'PLATFORM' && platformDiscountMinor > 0 ? { platformDiscountMinor } : {};
};

const draftAdmissions = ({ charged, userId, guests, status, stock }: BookingDraft): AdmissionRecord[] => {
  // The parts of a line's total sum back to it exactly, so refunds of single tickets do (P5).
  const seats = charged.lines.flatMap(({ ticketTypeId, quantity, totalMinor }) => {
    const shares = splitInSteps(
      totalMinor,
      Array.from({ length: quantity }, () => 1n),
      stock.event.currency,
    );
    return shares.map((pricePaid) => ({ ticketTypeId, pricePaid }));
  });
  const names = nameSeats(seats.length, userId, guests);
  const isSold = status === 'CONFIRMED';
  return seats.map(({ ticketTypeId, pricePaid }, place) => {
    const { fullName = null, email, userId: holder = null } = names[place] ?? {};
    return {
      id: newId(),
      ordinal: place + 1,
      ticketTypeId,
      holdId: null,
      userId: holder,
      status: isSold ? 'ISSUED' : 'RESERVED',
      fullName,
      email: email ?? null,
      generation: 1,
      pricePaid,
      issuedAt: isSold ? stock.now : null,
      noShowAt: null,
      transferredFromId: null,
    };
  });
};

type Name = Partial<GuestDraft>;

/** Guests take the seats after the booker's, or all of them when there are as many. */
const nameSeats = (seats: number, userId: string, guests: readonly GuestDraft[]): Name[] =>
  guests.length === seats ? [...guests] : [{ userId }, ...guests];
