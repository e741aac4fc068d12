import type { ScanRejection } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Key } from './check-in.reads.ts';
import type { Outcome } from './fold.rules.ts';

/** A scan as it is written down. */
export interface ScanRow {
  id: string;
  listId: string | null;
  admissionId: string | null;
  deviceId: string | null;
  reportedDeviceId: string | null;
  deviceSeq: number | null;
  staffId: string | null;
  kind: 'ENTRY' | 'EXIT' | 'UNDO';
  undoesId: string | null;
  generation: number;
  hybridClock: bigint;
  localVerdict: 'ADMITTED' | 'REFUSED';
  rejection: ScanRejection | null;
  mode: 'ONLINE' | 'OFFLINE';
  trust: 'TRUSTED' | 'CLOCK_SUSPECT' | 'UNTRUSTED';
  bundleEpoch: number;
  reason: string | null;
  gate: string | null;
  scannedAt: Date;
}

const jsonOf = (rows: readonly object[]): string =>
  JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));

/**
 * Keeps all others from scanning these admissions at these lists until the transaction ends. Rows are made and locked in
 * one order, so that two who scan several wait for each other instead of blocking each other.
 */
export const lockStates = async (tx: Transaction, eventId: string, keys: readonly Key[]): Promise<void> => {
  if (keys.length === 0) return;
  const lists = keys.map(({ listId }) => listId);
  const admissions = keys.map(({ admissionId }) => admissionId);
  await tx.$executeRaw`
    INSERT INTO admission_states (list_id, participant_id, event_id)
    SELECT list_id, participant_id, ${eventId}::uuid
    FROM unnest(${lists}::uuid[], ${admissions}::uuid[]) AS wanted (list_id, participant_id)
    ORDER BY participant_id, list_id ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    SELECT 1 FROM admission_states WHERE (list_id, participant_id) IN (
      SELECT list_id, participant_id FROM unnest(${lists}::uuid[], ${admissions}::uuid[]) AS wanted (list_id, participant_id))
    ORDER BY participant_id, list_id FOR UPDATE`;
};

/** Writes scans down; one that is there already stays. @returns the ids of those that are new */
export const insertScans = async (
  tx: Transaction,
  { eventId, now }: { eventId: string; now: Date },
  scans: readonly ScanRow[],
): Promise<Set<string>> => {
  if (scans.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO event_check_ins (id, event_id, list_id, participant_id, device_id, reported_device_id, device_seq, staff_id,
      kind, undoes_id, generation, hybrid_clock, local_verdict, rejection, mode, trust, bundle_epoch, override_reason, gate,
      scanned_at, received_at)
    SELECT id, ${eventId}::uuid, "listId", "admissionId", "deviceId", "reportedDeviceId", "deviceSeq", "staffId",
      kind, "undoesId", generation, "hybridClock", "localVerdict", rejection, mode, trust, "bundleEpoch", reason, gate,
      "scannedAt", ${now}
    FROM jsonb_to_recordset(${jsonOf(scans)}::jsonb) AS r (id uuid, "listId" uuid, "admissionId" uuid, "deviceId" uuid,
      "reportedDeviceId" text, "deviceSeq" bigint, "staffId" uuid, kind scan_kind, "undoesId" uuid, generation int,
      "hybridClock" bigint, "localVerdict" scan_verdict, rejection scan_rejection, mode scan_mode, trust scan_trust,
      "bundleEpoch" int, reason text, gate text, "scannedAt" timestamptz)
    ON CONFLICT (id) DO NOTHING RETURNING id`;
  return new Set(rows.map(({ id }) => id));
};

/** Writes what the fold says of scans. */
export const writeOutcomes = async (
  tx: Transaction,
  now: Date,
  outcomes: readonly ({ scanId: string } & Outcome)[],
): Promise<void> => {
  if (outcomes.length === 0) return;
  await tx.$executeRaw`
    UPDATE check_in_outcomes AS stored SET outcome = r.outcome, rejection = r.rejection,
      conflicts_with_id = r."conflictsWithId", folded_at = ${now}
    FROM jsonb_to_recordset(${jsonOf(outcomes)}::jsonb) AS r ("scanId" uuid, outcome scan_outcome, rejection scan_rejection,
      "conflictsWithId" uuid)
    WHERE stored.check_in_id = r."scanId"`;
};

export interface StateRow extends Key {
  isInside: boolean;
  entries: number;
  firstScanId: string | null;
  hybridClock: bigint;
}

/** Writes where admissions stand after their scans. */
export const writeStates = async (tx: Transaction, now: Date, states: readonly StateRow[]): Promise<void> => {
  if (states.length === 0) return;
  await tx.$executeRaw`
    UPDATE admission_states AS stored SET is_inside = r."isInside", entries = r.entries, first_check_in_id = r."firstScanId",
      hybrid_clock = r."hybridClock", updated_at = ${now}
    FROM jsonb_to_recordset(${jsonOf(states)}::jsonb) AS r ("listId" uuid, "admissionId" uuid, "isInside" boolean,
      entries int, "firstScanId" uuid, "hybridClock" bigint)
    WHERE stored.list_id = r."listId" AND stored.participant_id = r."admissionId"`;
};
