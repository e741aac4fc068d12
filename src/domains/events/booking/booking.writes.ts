import { Prisma } from '../../../generated/prisma/client.ts';
import type { BookingCancellationReason, BookingStatus, HoldState } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { isOfOtherDate } from '../event/moved-bookings.reads.ts';
import type { AdmissionRecord, BookingRecord } from './booking.rules.ts';

/** JSON with minor units as text, which PostgreSQL reads as bigint. */
const toJson = (rows: unknown): string =>
  JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/** Writes bookings with their holds and admissions, three statements however many there are. Seats are claimed elsewhere. */
export const insertBookings = async (tx: Transaction, bookings: BookingRecord[]): Promise<void> => {
  if (bookings.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO bookings (id, user_id, event_id, status, source, reference, quantity, subtotal_amount, discount_amount,
      tax_amount, fee_amount, total_amount, currency, price_snapshot, policy_snapshot, hold_expires_at, confirmed_at,
      created_at, updated_at)
    SELECT id, "userId", "eventId", status::booking_status, source::booking_source, reference, quantity, subtotal, discount,
      tax, fee, total, currency, price, policy, "holdExpiresAt", "confirmedAt", "createdAt", "createdAt"
    FROM jsonb_to_recordset(${toJson(bookings)}::jsonb) AS b (
      id uuid, "userId" uuid, "eventId" uuid, status text, source text, reference text, quantity int, subtotal bigint,
      discount bigint, tax bigint, fee bigint, total bigint, currency text, price jsonb, policy jsonb,
      "holdExpiresAt" timestamptz, "confirmedAt" timestamptz, "createdAt" timestamptz)`;
  const claiming = bookings.filter(({ status }) => status !== 'REQUESTED');
  await insertHolds(tx, claiming);
  await insertAdmissions(tx, bookings);
};

/** A hold for each line of these bookings, and their admissions pointed at them in memory. */
const insertHolds = async (tx: Transaction, bookings: BookingRecord[]): Promise<void> => {
  const holds = bookings.flatMap(draftHolds);
  if (holds.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO inventory_holds (id, event_id, ticket_type_id, booking_id, user_id, state, quantity, unit_price, currency,
      expires_at, settled_at, created_at, updated_at)
    SELECT id, "eventId", "ticketTypeId", "bookingId", "userId", state::hold_state, quantity, "unitPrice", currency,
      "expiresAt", "settledAt", now(), now()
    FROM jsonb_to_recordset(${toJson(holds)}::jsonb) AS h (
      id uuid, "eventId" uuid, "ticketTypeId" uuid, "bookingId" uuid, "userId" uuid, state text, quantity int,
      "unitPrice" bigint, currency text, "expiresAt" timestamptz, "settledAt" timestamptz)`;
};

const draftHolds = (booking: BookingRecord) => {
  const { id, eventId, userId, currency, holdExpiresAt, confirmedAt, price } = booking;
  return price.lines.map(({ ticketTypeId, quantity, unitPriceMinor }) => {
    const holdId = newId();
    for (const admission of booking.admissions) if (admission.ticketTypeId === ticketTypeId) admission.holdId = holdId;
    return {
      id: holdId,
      eventId,
      ticketTypeId,
      bookingId: id,
      userId,
      state: (confirmedAt === null ? 'HELD' : 'SOLD') satisfies HoldState,
      quantity,
      unitPrice: unitPriceMinor,
      currency,
      expiresAt: confirmedAt === null ? holdExpiresAt : null,
      settledAt: confirmedAt,
    };
  });
};

const insertAdmissions = async (tx: Transaction, bookings: BookingRecord[]): Promise<void> => {
  const rows = bookings.flatMap(({ id, eventId, currency, admissions }) =>
    admissions.map((admission) => ({ ...admission, bookingId: id, eventId, currency })),
  );
  await tx.$executeRaw`
    INSERT INTO event_participants (id, event_id, booking_id, hold_id, ticket_type_id, user_id, status, ordinal, full_name,
      email, generation, price_paid, currency, issued_at, transferred_from_id, created_at, updated_at)
    SELECT id, "eventId", "bookingId", "holdId", "ticketTypeId", "userId", status::admission_status, ordinal, "fullName",
      email, generation, "pricePaid", currency, "issuedAt", "transferredFromId", now(), now()
    FROM jsonb_to_recordset(${toJson(rows)}::jsonb) AS a (
      id uuid, "eventId" uuid, "bookingId" uuid, "holdId" uuid, "ticketTypeId" uuid, "userId" uuid, status text,
      ordinal int, "fullName" text, email text, generation int, "pricePaid" bigint, currency text,
      "issuedAt" timestamptz, "transferredFromId" uuid)`;
};

/** One admission more, of a booking that is there. */
export const insertAdmission = (tx: Transaction, booking: BookingRecord, admission: AdmissionRecord): Promise<void> =>
  insertAdmissions(tx, [{ ...booking, admissions: [admission] }]);

/** Claims again, or for the first time, what a booking without live holds is made of; the seats are claimed elsewhere. */
export const holdAgain = async (tx: Transaction, booking: BookingRecord): Promise<void> => {
  await insertHolds(tx, [booking]);
  const places = booking.admissions.map(({ id, holdId }) => ({ id, holdId }));
  await tx.$executeRaw`
    UPDATE event_participants AS p SET hold_id = a."holdId", status = 'RESERVED', cancelled_at = NULL, updated_at = now()
    FROM jsonb_to_recordset(${toJson(places)}::jsonb) AS a (id uuid, "holdId" uuid) WHERE p.id = a.id`;
};

interface Move {
  from: readonly BookingStatus[];
  to: BookingStatus;
  now: Date;
  holdExpiresAt?: Date | null;
  decidedById?: string;
  cancelledById?: string | null;
  reason?: BookingCancellationReason;
  note?: string;
}

/** Moves bookings that stand where the step begins. @returns the ids of those that moved: of several at once one does */
export const moveBookings = async (tx: Transaction, ids: readonly string[], move: Move): Promise<string[]> => {
  const { from, to, now } = move;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE bookings SET status = ${to}::booking_status, updated_at = ${now},
      hold_expires_at = CASE WHEN ${move.holdExpiresAt !== undefined} THEN ${move.holdExpiresAt ?? null}::timestamptz ELSE hold_expires_at END,
      confirmed_at = CASE WHEN ${to === 'CONFIRMED'} THEN coalesce(confirmed_at, ${now}) ELSE confirmed_at END,
      cancelled_at = CASE WHEN ${to === 'CANCELLED'} THEN ${now} WHEN ${to === 'CONFIRMED'} THEN NULL ELSE cancelled_at END,
      cancelled_by_id = CASE WHEN ${to === 'CANCELLED'} THEN ${move.cancelledById ?? null}::uuid ELSE cancelled_by_id END,
      cancellation_reason = CASE WHEN ${to === 'CONFIRMED'} THEN NULL
        ELSE coalesce(${move.reason ?? null}::booking_cancellation_reason, cancellation_reason) END,
      decided_by_id = coalesce(${move.decidedById ?? null}::uuid, decided_by_id),
      decided_at = CASE WHEN ${move.decidedById !== undefined} THEN ${now} ELSE decided_at END,
      note = coalesce(${move.note ?? null}, note)
    WHERE id = ANY(${[...ids]}::uuid[]) AND status = ANY(${[...from]}::booking_status[])
    RETURNING id`;
  return rows.map(({ id }) => id);
};

/** Settles the live holds of bookings. @returns what they were, to move the seats by */
export const settleHolds = (
  tx: Transaction,
  bookingIds: readonly string[],
  to: Exclude<HoldState, 'HELD'>,
): Promise<{ ticketTypeId: string; quantity: number }[]> =>
  tx.$queryRaw`
    UPDATE inventory_holds SET state = ${to}::hold_state, settled_at = now(), updated_at = now(), expires_at = NULL
    WHERE booking_id = ANY(${[...bookingIds]}::uuid[]) AND state = 'HELD'
    RETURNING ticket_type_id AS "ticketTypeId", quantity`;

/** Lets the holds of a booking last longer. */
export const extendHolds = async (tx: Transaction, bookingId: string, expiresAt: Date): Promise<void> => {
  await tx.$executeRaw`
    UPDATE inventory_holds SET expires_at = ${expiresAt}, updated_at = now()
    WHERE booking_id = ${bookingId}::uuid AND state = 'HELD'`;
};

/** Makes smaller the sold claims that some cancelled seats belonged to; one that is empty is RETURNED. */
export const shrinkHolds = async (
  tx: Transaction,
  bookingId: string,
  seats: readonly { ticketTypeId: string; quantity: number }[],
): Promise<void> => {
  await tx.$executeRaw`
    UPDATE inventory_holds AS h SET
      state = CASE WHEN h.quantity <= s.quantity THEN 'RETURNED'::hold_state ELSE h.state END,
      quantity = CASE WHEN h.quantity <= s.quantity THEN h.quantity ELSE h.quantity - s.quantity END,
      settled_at = now(), updated_at = now()
    FROM jsonb_to_recordset(${toJson(seats)}::jsonb) AS s ("ticketTypeId" uuid, quantity int)
    WHERE h.booking_id = ${bookingId}::uuid AND h.ticket_type_id = s."ticketTypeId" AND h.state = 'SOLD'`;
};

/** Issues the reserved admissions of bookings. */
export const issueAdmissions = async (tx: Transaction, bookingIds: readonly string[], now: Date): Promise<void> => {
  await tx.$executeRaw`
    UPDATE event_participants SET status = 'ISSUED', issued_at = ${now}, updated_at = ${now}
    WHERE booking_id = ANY(${[...bookingIds]}::uuid[]) AND status = 'RESERVED'`;
};

/** Cancels admissions that are reserved or issued. @returns the ids of those that were */
export const cancelAdmissions = async (tx: Transaction, ids: readonly string[], now: Date): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE event_participants SET status = 'CANCELLED', cancelled_at = ${now}, updated_at = ${now}
    WHERE id = ANY(${[...ids]}::uuid[]) AND status IN ('RESERVED', 'ISSUED') RETURNING id`;
  return rows.map(({ id }) => id);
};

/** Cancels every live admission of bookings. */
export const cancelAdmissionsOf = async (tx: Transaction, bookingIds: readonly string[], now: Date): Promise<void> => {
  await tx.$executeRaw`
    UPDATE event_participants SET status = 'CANCELLED', cancelled_at = ${now}, updated_at = ${now}
    WHERE booking_id = ANY(${[...bookingIds]}::uuid[]) AND status IN ('RESERVED', 'ISSUED')`;
};

/** Notes that admitted people did not come. @returns those who had not been noted before */
export const noteNoShows = async (tx: Transaction, ids: readonly string[], now: Date): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE event_participants SET no_show_at = ${now}, updated_at = ${now}
    WHERE id = ANY(${[...ids]}::uuid[]) AND status = 'ISSUED' AND no_show_at IS NULL RETURNING id`;
  return rows.map(({ id }) => id);
};

/** Replaces the policy snapshots of bookings: only in the attendee's favour. */
export const widenPolicies = async (
  tx: Transaction,
  bookingIds: readonly string[],
  fullRefundUntil: Date,
): Promise<void> => {
  await tx.$executeRaw`
    UPDATE bookings SET policy_snapshot = policy_snapshot || ${widened(fullRefundUntil)}, updated_at = now()
    WHERE id = ANY(${[...bookingIds]}::uuid[])`;
};

/** Instants of one form compare as text. */
const widened = (fullRefundUntil: Date): Prisma.Sql => Prisma.sql`
  jsonb_build_object('fullRefundUntil', greatest(policy_snapshot->>'fullRefundUntil', ${fullRefundUntil.toISOString()}::text))`;

interface Moved {
  startDate: Date;
  fullRefundUntil: Date;
}

/**
 * Makes another date the one that was booked, where it is another, and lets everything go back for a while. Repeated, it
 * changes nothing.
 * @returns the bookings it changed
 */
export const adoptDate = (
  tx: Transaction,
  bookingIds: readonly string[],
  { startDate, fullRefundUntil }: Moved,
): Promise<{ bookingId: string; userId: string; status: BookingStatus }[]> => tx.$queryRaw`
  UPDATE bookings SET updated_at = now(), policy_snapshot = policy_snapshot || ${widened(fullRefundUntil)}
    || jsonb_build_object('startsAt', ${startDate.toISOString()}::text)
  WHERE id = ANY(${[...bookingIds]}::uuid[]) AND ${isOfOtherDate(startDate)}
  RETURNING id AS "bookingId", user_id AS "userId", status`;

/** Remembers which payment a booking was confirmed by: another one that comes for it is a duplicate. */
export const notePaidBy = async (tx: Transaction, bookingId: string, paymentId: string): Promise<void> => {
  await tx.$executeRaw`
    UPDATE bookings SET price_snapshot = price_snapshot || ${JSON.stringify({ paidBy: paymentId })}::jsonb
    WHERE id = ${bookingId}::uuid`;
};
