import type { TicketKind } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

const MINUTES = 60;
const MAX_GATES = 100;
const MAX_DEVICES = 200;

/** By type of ticket: how many came, of how many. */
export const typesAtDoor = (reader: Reader, eventId: string) =>
  reader.$queryRaw<
    { ticketTypeId: string | null; name: string; kind: TicketKind | null; admitted: number; expected: number }[]
  >`
    SELECT holder.ticket_type_id AS "ticketTypeId", coalesce(type.name, 'Team and guests') AS name, type.kind::text AS kind,
      count(*) FILTER (WHERE EXISTS (
        SELECT FROM admission_states WHERE participant_id = holder.id AND entries > 0))::int AS admitted,
      count(*) FILTER (WHERE holder.status = 'ISSUED')::int AS expected
    FROM event_participants AS holder LEFT JOIN ticket_types AS type ON type.id = holder.ticket_type_id
    WHERE holder.event_id = ${eventId}::uuid
    GROUP BY holder.ticket_type_id, type.name, type.kind, type.sort_order ORDER BY type.sort_order, type.name`;

/** By gate: entries that stand, and the last scan. */
export const gatesAtDoor = (reader: Reader, eventId: string) =>
  reader.$queryRaw<{ gate: string | null; admitted: number; lastScanAt: Date }[]>`
    SELECT scan.gate, count(*) FILTER (WHERE result.outcome = 'ADMITTED')::int AS admitted,
      max(scan.received_at) AS "lastScanAt"
    FROM event_check_ins AS scan JOIN check_in_outcomes AS result ON result.check_in_id = scan.id
    WHERE scan.event_id = ${eventId}::uuid GROUP BY scan.gate ORDER BY scan.gate NULLS LAST LIMIT ${MAX_GATES}`;

/** By device: what it scanned, when it was last heard of, and what it lacks. */
export const devicesAtDoor = (reader: Reader, eventId: string, epoch: number) =>
  reader.$queryRaw<
    {
      deviceId: string;
      name: string | null;
      scans: number;
      admitted: number;
      lastSeenAt: Date;
      epochsBehind: number | null;
      missing: number | null;
    }[]
  >`
    SELECT heard."deviceId", device.name, heard.scans, heard.admitted,
      greatest(heard.last_at, device.last_seen_at) AS "lastSeenAt",
      CASE WHEN device.id IS NULL THEN NULL ELSE greatest(0, ${epoch} - device.bundle_epoch) END AS "epochsBehind",
      CASE WHEN device.id IS NULL THEN NULL ELSE (device.last_seq - heard.numbered)::int END AS missing
    FROM (
      SELECT coalesce(scan.device_id::text, scan.reported_device_id, '') AS "deviceId", scan.device_id AS enrolled,
        count(*)::int AS scans, count(*) FILTER (WHERE result.outcome = 'ADMITTED')::int AS admitted,
        count(scan.device_seq)::int AS numbered, max(scan.received_at) AS last_at
      FROM event_check_ins AS scan JOIN check_in_outcomes AS result ON result.check_in_id = scan.id
      WHERE scan.event_id = ${eventId}::uuid GROUP BY 1, 2
    ) AS heard LEFT JOIN scanner_devices AS device ON device.id = heard.enrolled
    ORDER BY heard.last_at DESC LIMIT ${MAX_DEVICES}`;

/** Entries that stand, of each of the last 60 minutes by the clock of the scans, the oldest first. */
export const entriesPerMinute = async (reader: Reader, eventId: string, now: Date): Promise<number[]> => {
  const until = Math.floor(now.getTime() / 60_000) + 1;
  const from = BigInt((until - MINUTES) * 60_000) << 16n;
  const rows = await reader.$queryRaw<{ minute: number; count: number }[]>`
    SELECT ((scan.hybrid_clock >> 16) / 60000)::int AS minute, count(*)::int AS count
    FROM event_check_ins AS scan JOIN check_in_outcomes AS result ON result.check_in_id = scan.id
    WHERE scan.event_id = ${eventId}::uuid AND scan.hybrid_clock >= ${from}::bigint AND result.outcome = 'ADMITTED'
    GROUP BY 1`;
  const counts = new Map(rows.map(({ minute, count }) => [minute, count]));
  return Array.from({ length: MINUTES }, (_, place) => counts.get(until - MINUTES + place) ?? 0);
};
