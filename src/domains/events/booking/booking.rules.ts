import type {
  AdmissionStatus,
  BookingCancellationReason,
  BookingSource,
  BookingStatus,
} from '../../../generated/prisma/enums.ts';
import type { ChargesSnapshot } from '../../payments/api.ts';
import type { PolicySnapshot } from './refund-policy.ts';

/** One human who may come in, as stored. */
export interface AdmissionRecord {
  id: string;
  ordinal: number;
  ticketTypeId: string;
  holdId: string | null;
  userId: string | null;
  status: AdmissionStatus;
  fullName: string | null;
  /** Encrypted once stored; see protect-emails.ts. */
  email: string | null;
  generation: number;
  /** Minor units. */
  pricePaid: bigint;
  issuedAt: Date | null;
  noShowAt: Date | null;
  transferredFromId: string | null;
}

/** What a booking was charged and by which rules, as it was. Later rules never reach it (I9). */
export interface PriceSnapshot extends ChargesSnapshot {
  promoCode: string | null;
  /** What the platform itself pays the host for its own code, in minor units; nothing when absent. */
  platformDiscountMinor?: number;
  /** The payment it was confirmed by. */
  paidBy?: string;
}

/** The discount of all codes on the price as it is shown, contained tax included; minor units. */
export const takenOffBy = ({ lines }: Pick<ChargesSnapshot, 'lines'>): number =>
  lines.reduce((sum, { discountMinor }) => sum + discountMinor, 0);

/** A booking as stored, its amounts in minor units of `currency`. */
export interface BookingRecord {
  id: string;
  reference: string;
  userId: string;
  eventId: string;
  status: BookingStatus;
  source: BookingSource;
  quantity: number;
  subtotal: bigint;
  discount: bigint;
  tax: bigint;
  fee: bigint;
  total: bigint;
  currency: string;
  price: PriceSnapshot;
  policy: PolicySnapshot;
  holdExpiresAt: Date | null;
  createdAt: Date;
  confirmedAt: Date | null;
  cancelledAt: Date | null;
  cancellationReason: BookingCancellationReason | null;
  admissions: AdmissionRecord[];
}

/** How long seats wait for the payment to begin. */
export const HOLD_MS = 10 * 60_000;
/** How long they wait once it has begun; never longer than `MAX_HOLD_MS` from the booking. */
export const PAYMENT_HOLD_MS = 15 * 60_000;
export const MAX_HOLD_MS = 30 * 60_000;
/** Who was approved may not be at their desk. */
export const APPROVED_HOLD_MS = 24 * 3_600_000;
/** A request nobody decides. */
export const REQUEST_TIMEOUT_MS = 7 * 24 * 3_600_000;

/** Statuses in which seats are held for a booking. */
export const HOLDING: readonly BookingStatus[] = ['HELD', 'AWAITING_PAYMENT'];

/** A hold is dead at its expiry, whether or not a sweeper has seen it (I3). */
export const isDeadHold = (
  { status, holdExpiresAt }: Pick<BookingRecord, 'status' | 'holdExpiresAt'>,
  now: Date,
): boolean => HOLDING.includes(status) && (holdExpiresAt === null || holdExpiresAt <= now);

/** When a hold ends once its payment begins: later than now, once, and never beyond the cap. */
export const extendedHold = (
  booking: Pick<BookingRecord, 'createdAt' | 'holdExpiresAt' | 'status'>,
  now: Date,
): Date => {
  const current = booking.holdExpiresAt ?? now;
  if (booking.status !== 'HELD') return current;
  const capMs = booking.createdAt.getTime() + MAX_HOLD_MS;
  const extendedMs = Math.min(now.getTime() + PAYMENT_HOLD_MS, capMs);
  return new Date(Math.max(current.getTime(), extendedMs));
};

/** Admissions that still let somebody in, or will. */
export const isLive = ({ status }: Pick<AdmissionRecord, 'status'>): boolean =>
  status === 'RESERVED' || status === 'ISSUED';

/** Accounts that hold tickets among these admissions. */
export const holdersOf = (admissions: readonly Pick<AdmissionRecord, 'userId'>[]): string[] => [
  ...new Set(admissions.flatMap(({ userId }) => userId ?? [])),
];

/** The lines of a booking by type: what it claims. */
export const seatsOf = ({ price }: Pick<BookingRecord, 'price'>): { ticketTypeId: string; quantity: number }[] =>
  price.lines.map(({ ticketTypeId, quantity }) => ({ ticketTypeId, quantity }));
