import type { AdmissionStatus, ParticipantRole } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { validTime } from '../ticket/valid-time.rules.ts';
import type { Key } from './check-in.reads.ts';

type Reader = Pick<Transaction, '$queryRaw' | 'checkInList' | 'event' | 'eventSigningKey' | 'admissionState'>;

/** An event as its doors need it. */
export interface DoorEvent {
  id: string;
  hostId: string;
  startDate: Date;
  endDate: Date;
  /** By the database's clock. */
  now: Date;
}

/** Null for an event that there is not. */
export const findDoorEvent = async (reader: Reader, eventId: string): Promise<DoorEvent | null> => {
  const [row] = await reader.$queryRaw<DoorEvent[]>`
    SELECT id, host_id AS "hostId", start_date AS "startDate", end_date AS "endDate", now() AS now
    FROM events WHERE id = ${eventId}::uuid AND deleted_at IS NULL`;
  return row ?? null;
};

/** All lists of an event, the default one first. */
export const listsOf = (reader: Pick<Transaction, 'checkInList'>, eventId: string) =>
  reader.checkInList.findMany({
    where: { eventId },
    orderBy: [{ isDefault: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }],
  });

export type ListRow = Awaited<ReturnType<typeof listsOf>>[number];

/** The public keys that sign codes of these events, by `{eventId} {keyNumber}`. */
export const publicKeysOf = async (reader: Reader, eventIds: readonly string[]): Promise<Map<string, string>> => {
  const rows = await reader.eventSigningKey.findMany({
    where: { eventId: { in: [...eventIds] } },
    select: { eventId: true, keyNumber: true, publicKey: true },
  });
  return new Map(rows.map(({ eventId, keyNumber, publicKey }) => [`${eventId} ${keyNumber}`, publicKey]));
};

/** A ticket's holder as the door knows them. */
export interface DoorTicketRow {
  id: string;
  status: AdmissionStatus;
  role: ParticipantRole;
  bookingId: string | null;
  userId: string | null;
  /** The account whose name stands for a guest without one: their own, or who booked. */
  namedAfter: string | null;
  fullName: string | null;
  seatLabel: string | null;
  generation: number;
  ticketTypeId: string | null;
  ticketType: string | null;
  typeValidFrom: Date | null;
  typeValidUntil: Date | null;
}

const TICKETS = `
  SELECT holder.id, holder.status::text AS status, holder.role::text AS role, holder.booking_id AS "bookingId",
    holder.user_id AS "userId", coalesce(holder.user_id, booking.user_id) AS "namedAfter", holder.full_name AS "fullName", holder.seat_label AS "seatLabel", holder.generation,
    holder.ticket_type_id AS "ticketTypeId", type.name AS "ticketType", type.valid_from AS "typeValidFrom",
    type.valid_until AS "typeValidUntil"
  FROM event_participants AS holder LEFT JOIN ticket_types AS type ON type.id = holder.ticket_type_id
    LEFT JOIN bookings AS booking ON booking.id = holder.booking_id`;

/**
 * Tickets of an event. Who takes one away, or gives it another code, waits until the transaction ends, and was waited for:
 * revocations that are read after this are all there are.
 */
export const shareTickets = async (
  reader: Pick<Transaction, '$queryRawUnsafe'>,
  eventId: string,
  admissionIds: readonly string[],
): Promise<Map<string, DoorTicketRow>> => {
  if (admissionIds.length === 0) return new Map();
  const rows = await reader.$queryRawUnsafe<DoorTicketRow[]>(
    `${TICKETS} WHERE holder.event_id = $1::uuid AND holder.id = ANY($2::uuid[]) ORDER BY holder.id FOR SHARE OF holder`,
    eventId,
    [...admissionIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
};

/** The issued tickets of these bookings. */
export const companionsOf = async (
  reader: Pick<Transaction, '$queryRawUnsafe'>,
  bookingIds: readonly string[],
): Promise<DoorTicketRow[]> => {
  if (bookingIds.length === 0) return [];
  return reader.$queryRawUnsafe<DoorTicketRow[]>(
    `${TICKETS} WHERE holder.booking_id = ANY($1::uuid[]) AND holder.status = 'ISSUED'
     ORDER BY holder.booking_id, holder.ordinal`,
    [...bookingIds],
  );
};

/** Tickets of an event, for a page of a list. */
export const ticketsById = async (
  reader: Pick<Transaction, '$queryRawUnsafe'>,
  admissionIds: readonly string[],
): Promise<Map<string, DoorTicketRow>> => {
  if (admissionIds.length === 0) return new Map();
  const rows = await reader.$queryRawUnsafe<DoorTicketRow[]>(`${TICKETS} WHERE holder.id = ANY($1::uuid[])`, [
    ...admissionIds,
  ]);
  return new Map(rows.map((row) => [row.id, row]));
};

/** Which of these admissions are inside, by `keyText`. */
export const insideAmong = async (
  reader: Pick<Transaction, 'admissionState'>,
  admissionIds: readonly string[],
): Promise<Set<string>> => {
  const rows = await reader.admissionState.findMany({
    where: { participantId: { in: [...admissionIds] }, isInside: true },
    select: { listId: true, participantId: true },
  });
  return new Set(rows.map(({ listId, participantId }) => keyText({ listId, admissionId: participantId })));
};

/** A key as text, to look things up by. */
export const keyText = ({ listId, admissionId }: Key): string => `${listId} ${admissionId}`;

/** When the holder of a ticket may enter; see `ticket/valid-time.rules.ts`. */
export const windowOf = (event: Pick<DoorEvent, 'startDate' | 'endDate'>, row: DoorTicketRow) => {
  const { notBefore, expiresAt } = validTime({
    event,
    type: { validFrom: row.typeValidFrom, validUntil: row.typeValidUntil },
  });
  return { validFrom: new Date(notBefore * 1_000), validUntil: new Date(expiresAt * 1_000) };
};

/** Tickets that are inside the event, by whatever list. */
export const countInside = async (reader: Pick<Transaction, '$queryRaw'>, eventId: string): Promise<number> => {
  const [row] = await reader.$queryRaw<{ inside: number }[]>`
    SELECT count(*)::int AS inside FROM (
      SELECT participant_id FROM admission_states
      WHERE event_id = ${eventId}::uuid AND is_inside GROUP BY participant_id) AS people`;
  return row?.inside ?? 0;
};
