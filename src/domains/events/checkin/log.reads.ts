import { Prisma } from '../../../generated/prisma/client.ts';
import type { ScanKind, ScanMode, ScanTrust } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';
import type { KnownScan } from './check-in.reads.ts';
import { storedAs, type WireOutcome } from './present.rules.ts';

/** A scan as the log shows it. */
export interface LoggedRow extends Pick<KnownScan, 'outcome' | 'rejection'> {
  id: string;
  kind: ScanKind;
  admissionId: string | null;
  listId: string | null;
  gate: string | null;
  deviceId: string | null;
  staffId: string | null;
  withScanId: string | null;
  undoesId: string | null;
  reason: string | null;
  mode: ScanMode;
  trust: ScanTrust;
  scannedAt: Date;
  receivedAt: Date;
}

interface Wanted {
  eventId: string;
  outcome?: WireOutcome | undefined;
  listId?: string | undefined;
  gate?: string | undefined;
  admissionId?: string | undefined;
  /** The last one of the page before. */
  after: Place | null;
  limit: number;
}

/** Scans of an event, latest received first. */
export const scansInLog = (
  reader: Pick<Transaction, '$queryRaw'>,
  { eventId, outcome, listId, gate, admissionId, after, limit }: Wanted,
): Promise<LoggedRow[]> => {
  const conditions = [
    Prisma.sql`scan.event_id = ${eventId}::uuid`,
    ...(listId === undefined ? [] : [Prisma.sql`scan.list_id = ${listId}::uuid`]),
    ...(gate === undefined ? [] : [Prisma.sql`scan.gate = ${gate}`]),
    ...(admissionId === undefined ? [] : [Prisma.sql`scan.participant_id = ${admissionId}::uuid`]),
    ...(after === null ? [] : [Prisma.sql`(scan.received_at, scan.id) < (${after.at}, ${after.id}::uuid)`]),
    ...(outcome === undefined ? [] : [isOutcome(outcome)]),
  ];
  return reader.$queryRaw<LoggedRow[]>`
    SELECT scan.id, scan.kind::text AS kind, result.outcome::text AS outcome, result.rejection::text AS rejection,
      scan.participant_id AS "admissionId", scan.list_id AS "listId", scan.gate,
      coalesce(scan.device_id::text, scan.reported_device_id) AS "deviceId", scan.staff_id AS "staffId",
      result.conflicts_with_id AS "withScanId", scan.undoes_id AS "undoesId", scan.override_reason AS reason,
      scan.mode::text AS mode, scan.trust::text AS trust, scan.scanned_at AS "scannedAt", scan.received_at AS "receivedAt"
    FROM event_check_ins AS scan JOIN check_in_outcomes AS result ON result.check_in_id = scan.id
    WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY scan.received_at DESC, scan.id DESC LIMIT ${limit}`;
};

const isOutcome = (outcome: WireOutcome): Prisma.Sql => {
  const { outcomes, rejections } = storedAs(outcome);
  return Prisma.sql`(result.outcome::text = ANY(${outcomes}) OR result.rejection::text = ANY(${rejections}))`;
};

interface Holders {
  eventId: string;
  /** Whether they have come; both when absent. */
  hasCome?: boolean | undefined;
  after: string | undefined;
  limit: number;
}

/** Issued tickets of an event, by id, with when each first came in. */
export const holdersOf = (
  reader: Pick<Transaction, '$queryRaw'>,
  { eventId, hasCome, after, limit }: Holders,
): Promise<{ id: string; admittedAtMs: number | null }[]> => {
  const came = hasCome === undefined ? Prisma.empty : Prisma.sql`AND (entry.clock IS NOT NULL) = ${hasCome}`;
  const later = after === undefined ? Prisma.empty : Prisma.sql`AND holder.id > ${after}::uuid`;
  return reader.$queryRaw<{ id: string; admittedAtMs: number | null }[]>`
    SELECT holder.id, (entry.clock >> 16)::float8 AS "admittedAtMs"
    FROM event_participants AS holder LEFT JOIN LATERAL (
      SELECT min(scan.hybrid_clock) AS clock FROM admission_states AS state
      JOIN event_check_ins AS scan ON scan.id = state.first_check_in_id
      WHERE state.participant_id = holder.id
    ) AS entry ON true
    WHERE holder.event_id = ${eventId}::uuid AND holder.status = 'ISSUED' ${came} ${later}
    ORDER BY holder.id LIMIT ${limit}`;
};

interface Named {
  eventId: string;
  query: string;
  after: string | undefined;
  limit: number;
}

/**
 * Issued tickets whose holder's name has a word that begins with the query, by id. Who has no name of their own goes by that
 * of their account, or of who booked.
 */
export const holdersNamed = async (
  reader: Pick<Transaction, '$queryRaw'>,
  { eventId, query, after, limit }: Named,
  nameOf: (account: string) => Prisma.Sql,
): Promise<string[]> => {
  const later = after === undefined ? Prisma.empty : Prisma.sql`AND holder.id > ${after}::uuid`;
  const pattern = query.toLowerCase().replaceAll(/[\\%_]/g, '\\$&');
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT holder.id FROM event_participants AS holder LEFT JOIN bookings AS booking ON booking.id = holder.booking_id
    WHERE holder.event_id = ${eventId}::uuid AND holder.status = 'ISSUED' ${later}
      AND lower(' ' || coalesce(holder.full_name, ${nameOf('coalesce(holder.user_id, booking.user_id)')}, '')) LIKE ${`% ${pattern}%`}
    ORDER BY holder.id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
};
