import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { scansRecorded } from '../door/facts.ts';
import { type Entry, writeAttendances } from './attendance.writes.ts';
import { type Key, type KnownScan, scansById, scansOf } from './check-in.reads.ts';
import { insertScans, lockStates, type ScanRow, type StateRow, writeOutcomes, writeStates } from './check-in.writes.ts';
import { type DoorEvent, type DoorTicketRow, keyText, type ListRow } from './door.reads.ts';
import type { Outcome, Revocation } from './fold.rules.ts';
import { timeOf } from './hybrid-clock.rules.ts';
import { type ArrivedScan, planScans } from './plan.rules.ts';
import { wireOutcome } from './present.rules.ts';

export interface RecordParts {
  tx: Transaction;
  record: RecordFact;
  event: DoorEvent;
  /** By id. */
  lists: ReadonlyMap<string, Pick<ListRow, 'id' | 'allowReentry'>>;
  /** Shared until the transaction ends, by id; see `shareTickets`. */
  tickets: ReadonlyMap<string, DoorTicketRow>;
  /** Of these tickets, read after they were shared. */
  revocations: ReadonlyMap<string, readonly Revocation[]>;
}

export interface Recorded {
  /** All scans of the admissions that were scanned, by id, as they stand now; and those that name no admission. */
  scans: ReadonlyMap<string, KnownScan>;
  /** Those that are new. */
  written: ReadonlySet<string>;
  /** How many have another outcome than before. */
  changed: number;
}

/**
 * Writes scans down and folds each admission's anew, in the transaction: outcomes, states, attendances and the fact follow.
 * Every way in which a scan arrives goes through here. A scan that is known already changes nothing.
 * @param keys the admissions to fold, those of the scans when absent
 */
export const recordScans = async (
  parts: RecordParts,
  arrived: readonly ArrivedScan[],
  keys: readonly Key[] = keysOf(arrived),
): Promise<Recorded> => {
  const { tx, event } = parts;
  await lockStates(tx, event.id, keys);
  const before = new Map((await scansOf(tx, keys)).map((scan) => [scan.id, scan]));
  const known = await scansById(tx, idsOf(arrived));
  const fresh = firstOfEach(arrived).filter(({ id }) => !known.has(id));
  const { rows, outcomes, states } = planAll(parts, { keys, before, fresh });
  const written = await insertScans(tx, { eventId: event.id, now: event.now }, rows);
  const after = await withWritten(parts, new Map([...known, ...before]), { rows, written });
  const changed = changesOf(after, outcomes);
  await writeOutcomes(tx, event.now, changed);
  for (const { scanId, ...outcome } of changed) after.set(scanId, { ...after.get(scanId), ...outcome } as KnownScan);
  await writeStates(tx, event.now, states);
  await writeAttendances(tx, event.id, entriesOf(parts, changed, { before, after }));
  await tell(parts, changed, { before, after });
  return { scans: after, written, changed: changed.length };
};

const idsOf = (scans: readonly { id: string }[]): string[] => [...new Set(scans.map(({ id }) => id))];

/** A scan that comes twice in one call is one scan. */
const firstOfEach = (scans: readonly ArrivedScan[]): ArrivedScan[] =>
  [...new Map([...scans].reverse().map((scan) => [scan.id, scan])).values()].reverse();

const keyOf = ({ listId, admissionId }: Pick<ScanRow, 'listId' | 'admissionId'>): Key | null =>
  listId !== null && admissionId !== null ? { listId, admissionId } : null;

const keysOf = (scans: readonly ArrivedScan[]): Key[] => {
  const keys = scans.flatMap((scan) => keyOf(scan) ?? []);
  return [...new Map(keys.map((key) => [keyText(key), key])).values()];
};

interface Arriving {
  keys: readonly Key[];
  before: ReadonlyMap<string, KnownScan>;
  fresh: readonly ArrivedScan[];
}

const planAll = ({ event, lists, revocations }: RecordParts, { keys, before, fresh }: Arriving) => {
  const rows: ScanRow[] = [];
  const outcomes = new Map<string, Outcome>();
  const states: StateRow[] = [];
  const isOf = (key: Key) => (scan: Pick<ScanRow, 'listId' | 'admissionId'>) =>
    scan.listId === key.listId && scan.admissionId === key.admissionId;
  for (const key of keys) {
    const known = {
      scans: [...before.values()].filter(isOf(key)),
      revocations: revocations.get(key.admissionId) ?? [],
      allowReentry: lists.get(key.listId)?.allowReentry ?? false,
    };
    const plan = planScans(known, fresh.filter(isOf(key)), event.now);
    rows.push(...plan.rows);
    for (const [scanId, outcome] of plan.outcomes) outcomes.set(scanId, outcome);
    const { isInside, entries, firstScanId } = plan.state;
    states.push({ ...key, isInside, entries, firstScanId, hybridClock: plan.hybridClock });
  }
  for (const scan of fresh.filter((each) => keyOf(each) === null)) {
    const plan = planScans({ scans: [], revocations: [], allowReentry: false }, [scan], event.now);
    rows.push(...plan.rows);
    for (const [scanId, outcome] of plan.outcomes) outcomes.set(scanId, outcome);
  }
  return { rows, outcomes, states };
};

/** The scans that were known with those that were written; what somebody else wrote meanwhile is read. */
const withWritten = async (
  { tx, event }: RecordParts,
  known: Map<string, KnownScan>,
  { rows, written }: { rows: readonly ScanRow[]; written: ReadonlySet<string> },
): Promise<Map<string, KnownScan>> => {
  for (const row of rows) if (written.has(row.id)) known.set(row.id, knownOf(row, event));
  const others = await scansById(tx, idsOf(rows.filter(({ id }) => !written.has(id))));
  return new Map([...known, ...others]);
};

const knownOf = ({ reportedDeviceId, rejection, ...row }: ScanRow, event: DoorEvent): KnownScan => ({
  ...row,
  eventId: event.id,
  deviceId: row.deviceId ?? reportedDeviceId ?? '',
  refusedFor: rejection,
  receivedAt: event.now,
  ...{ outcome: 'PENDING', rejection: null, conflictsWithId: null },
});

type Change = { scanId: string } & Outcome;

const changesOf = (after: ReadonlyMap<string, KnownScan>, outcomes: ReadonlyMap<string, Outcome>): Change[] =>
  [...outcomes].flatMap(([scanId, outcome]) => {
    const stored = after.get(scanId);
    const isSame =
      stored === undefined ||
      (stored.outcome === outcome.outcome &&
        stored.rejection === outcome.rejection &&
        stored.conflictsWithId === outcome.conflictsWithId);
    return isSame ? [] : [{ scanId, ...outcome }];
  });

interface Both {
  before: ReadonlyMap<string, KnownScan>;
  after: ReadonlyMap<string, KnownScan>;
}

/** Entries of accounts that began to stand, and accounts of whom one ceased to. */
const entriesOf = ({ tickets }: RecordParts, changed: readonly Change[], { before, after }: Both) => {
  const began: Entry[] = [];
  const ended: string[] = [];
  for (const { scanId, outcome } of changed) {
    const scan = after.get(scanId);
    const userId = tickets.get(scan?.admissionId ?? '')?.userId;
    if (!scan || !userId) continue;
    const wasAdmitted = before.get(scanId)?.outcome === 'ADMITTED';
    if (outcome === 'ADMITTED') began.push({ userId, scanId, hybridClock: scan.hybridClock });
    else if (wasAdmitted) ended.push(userId);
  }
  return { began, ended };
};

const tell = async ({ event, tickets, record }: RecordParts, changed: readonly Change[], both: Both): Promise<void> => {
  const scans = changed.flatMap(({ scanId }) => {
    const scan = both.after.get(scanId);
    if (!scan) return [];
    const earlier = both.before.get(scanId);
    return {
      scanId,
      kind: scan.kind,
      outcome: wireOutcome(scan),
      previous: earlier ? wireOutcome(earlier) : null,
      admissionId: scan.admissionId,
      userId: tickets.get(scan.admissionId ?? '')?.userId ?? null,
      listId: scan.listId,
      gate: scan.gate,
      deviceId: scan.deviceId === '' ? null : scan.deviceId,
      withScanId: scan.conflictsWithId,
      withDeviceId: both.after.get(scan.conflictsWithId ?? '')?.deviceId ?? null,
      at: timeOf(scan.hybridClock).toISOString(),
    };
  });
  if (scans.length > 0) await record(scansRecorded, { eventId: event.id, hostId: event.hostId, scans });
};
