import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';

/** A ticket with its holder and its booking. */
export interface GuestRow {
  id: string;
  status: 'ISSUED' | 'CANCELLED';
  bookingId: string;
  reference: string | null;
  userId: string | null;
  name: string | null;
  ticketTypeId: string;
  ticketType: string;
  pricePaid: bigint;
  currency: string;
  bookedAt: Date;
  admittedAtMs: number | null;
  noShowAt: Date | null;
}

interface Wanted {
  eventId: string;
  query: string | undefined;
  ticketTypeId: string | undefined;
  state: 'COMING' | 'CAME' | 'CANCELLED' | undefined;
  /** The last one of the page before. */
  after: string | undefined;
  limit: number;
}

/** Tickets of an event that are or were issued, the latest first. @param nameOf the name of an account, for the query */
export const guestsOf = (
  reader: Pick<Transaction, '$queryRaw'>,
  { eventId, query, ticketTypeId, state, after, limit }: Wanted,
  nameOf: (account: string) => Prisma.Sql,
): Promise<GuestRow[]> => {
  const conditions = [
    Prisma.sql`guest.event_id = ${eventId}::uuid`,
    ...(ticketTypeId === undefined ? [] : [Prisma.sql`guest.ticket_type_id = ${ticketTypeId}::uuid`]),
    ...(after === undefined ? [] : [Prisma.sql`guest.id < ${after}::uuid`]),
    state === 'CANCELLED'
      ? Prisma.sql`guest.status = 'CANCELLED' AND guest.issued_at IS NOT NULL`
      : Prisma.sql`guest.status = 'ISSUED'`,
    ...(state === 'COMING' ? [Prisma.sql`entry.clock IS NULL`] : []),
    ...(state === 'CAME' ? [Prisma.sql`entry.clock IS NOT NULL`] : []),
    ...(query === undefined ? [] : [isFoundBy(query, nameOf)]),
  ];
  return reader.$queryRaw<GuestRow[]>`
    SELECT guest.id, guest.status::text AS status, guest.booking_id AS "bookingId", booking.reference,
      guest.user_id AS "userId", ${nameSql(nameOf)} AS name, guest.ticket_type_id AS "ticketTypeId",
      type.name AS "ticketType", guest.price_paid AS "pricePaid", guest.currency, booking.created_at AS "bookedAt",
      (entry.clock >> 16)::float8 AS "admittedAtMs", guest.no_show_at AS "noShowAt"
    FROM event_participants AS guest
    JOIN bookings AS booking ON booking.id = guest.booking_id
    JOIN ticket_types AS type ON type.id = guest.ticket_type_id
    LEFT JOIN LATERAL (
      SELECT min(scan.hybrid_clock) AS clock FROM admission_states AS state
      JOIN event_check_ins AS scan ON scan.id = state.first_check_in_id
      WHERE state.participant_id = guest.id
    ) AS entry ON true
    WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY guest.id DESC LIMIT ${limit}`;
};

const nameSql = (nameOf: (account: string) => Prisma.Sql): Prisma.Sql =>
  Prisma.sql`coalesce(guest.full_name, ${nameOf('coalesce(guest.user_id, booking.user_id)')})`;

const isFoundBy = (query: string, nameOf: (account: string) => Prisma.Sql): Prisma.Sql => {
  const pattern = query.toLowerCase().replaceAll(/[\\%_]/g, '\\$&');
  return Prisma.sql`(lower(' ' || coalesce(${nameSql(nameOf)}, '')) LIKE ${`% ${pattern}%`}
    OR booking.reference = ${query.toUpperCase()})`;
};
