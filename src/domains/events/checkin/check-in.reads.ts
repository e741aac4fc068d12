import type { ScanKind, ScanOutcome, ScanRejection, ScanTrust, ScanVerdict } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Revocation } from './fold.rules.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** An admission at a list: what scans are folded by. */
export interface Key {
  listId: string;
  admissionId: string;
}

/** A scan that is written down, with what the fold said of it last. */
export interface KnownScan {
  id: string;
  eventId: string;
  listId: string | null;
  admissionId: string | null;
  /** The device by its own id, or as a session named it. */
  deviceId: string;
  deviceSeq: number | null;
  gate: string | null;
  kind: ScanKind;
  undoesId: string | null;
  generation: number;
  hybridClock: bigint;
  localVerdict: ScanVerdict;
  /** The door's own reason. */
  refusedFor: ScanRejection | null;
  trust: ScanTrust;
  receivedAt: Date;
  outcome: ScanOutcome;
  rejection: ScanRejection | null;
  conflictsWithId: string | null;
}

const COLUMNS = `
  scan.id, scan.event_id AS "eventId", scan.list_id AS "listId", scan.participant_id AS "admissionId",
  coalesce(scan.device_id::text, scan.reported_device_id, '') AS "deviceId", scan.device_seq::float8 AS "deviceSeq",
  scan.gate, scan.kind::text AS kind, scan.undoes_id AS "undoesId", scan.generation, scan.hybrid_clock AS "hybridClock",
  scan.local_verdict::text AS "localVerdict", scan.rejection::text AS "refusedFor", scan.trust::text AS trust,
  scan.received_at AS "receivedAt", result.outcome::text AS outcome, result.rejection::text AS rejection,
  result.conflicts_with_id AS "conflictsWithId"`;

/** All scans of these admissions at these lists. */
export const scansOf = async (reader: Pick<Transaction, '$queryRawUnsafe'>, keys: readonly Key[]) => {
  if (keys.length === 0) return [];
  return reader.$queryRawUnsafe<KnownScan[]>(
    `SELECT ${COLUMNS} FROM unnest($1::uuid[], $2::uuid[]) AS wanted (list_id, participant_id)
     JOIN event_check_ins AS scan ON scan.list_id = wanted.list_id AND scan.participant_id = wanted.participant_id
     JOIN check_in_outcomes AS result ON result.check_in_id = scan.id`,
    keys.map(({ listId }) => listId),
    keys.map(({ admissionId }) => admissionId),
  );
};

/** Those of the scans that are written down, of whatever event. */
export const scansById = async (
  reader: Pick<Transaction, '$queryRawUnsafe'>,
  ids: readonly string[],
): Promise<Map<string, KnownScan>> => {
  if (ids.length === 0) return new Map();
  const rows = await reader.$queryRawUnsafe<KnownScan[]>(
    `SELECT ${COLUMNS} FROM event_check_ins AS scan JOIN check_in_outcomes AS result ON result.check_in_id = scan.id
     WHERE scan.id = ANY($1::uuid[])`,
    [...ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
};

/** Revocations of these admissions. */
export const revocationsOf = async (
  reader: Reader,
  admissionIds: readonly string[],
): Promise<Map<string, Revocation[]>> => {
  const found = new Map<string, Revocation[]>(admissionIds.map((id) => [id, []]));
  if (admissionIds.length === 0) return found;
  const rows = await reader.$queryRaw<(Revocation & { admissionId: string })[]>`
    SELECT participant_id AS "admissionId", min_generation AS "minGeneration", hybrid_clock AS "hybridClock"
    FROM ticket_revocations WHERE participant_id = ANY(${[...admissionIds]}::uuid[])`;
  for (const { admissionId, ...revocation } of rows) found.get(admissionId)?.push(revocation);
  return found;
};

/** Which numbers of a device's own count are taken, and by which scan. */
export const numbersTaken = async (
  reader: Reader,
  deviceId: string,
  numbers: readonly number[],
): Promise<Map<number, string>> => {
  if (numbers.length === 0) return new Map();
  const rows = await reader.$queryRaw<{ number: number; scanId: string }[]>`
    SELECT device_seq::float8 AS number, check_in_id AS "scanId" FROM check_in_outcomes
    WHERE device_id = ${deviceId}::uuid AND device_seq = ANY(${numbers.map(BigInt)}::bigint[])`;
  return new Map(rows.map(({ number, scanId }) => [number, scanId]));
};

/** The lowest number of a device's own count that has not arrived. */
export const nextNumberOf = async (reader: Reader, deviceId: string): Promise<number> => {
  const [row] = await reader.$queryRaw<{ next: number }[]>`
    SELECT CASE
      WHEN NOT EXISTS (SELECT FROM check_in_outcomes WHERE device_id = ${deviceId}::uuid AND device_seq = 1) THEN 1
      ELSE (SELECT one.device_seq::float8 + 1 FROM check_in_outcomes AS one
            WHERE one.device_id = ${deviceId}::uuid AND NOT EXISTS (
              SELECT FROM check_in_outcomes AS next
              WHERE next.device_id = one.device_id AND next.device_seq = one.device_seq + 1)
            ORDER BY one.device_seq LIMIT 1)
    END AS next`;
  return Number(row?.next ?? 1);
};

/** The version of an event's revocations: the highest epoch there is. */
export const revocationEpoch = async (reader: Reader, eventId: string): Promise<number> => {
  const [row] = await reader.$queryRaw<{ epoch: number }[]>`
    SELECT coalesce(max(epoch), 0)::int AS epoch FROM ticket_revocations WHERE event_id = ${eventId}::uuid`;
  return row?.epoch ?? 0;
};
