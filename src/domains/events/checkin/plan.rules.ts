import type { ScanRejection } from '../../../generated/prisma/enums.ts';
import type { KnownScan } from './check-in.reads.ts';
import type { ScanRow } from './check-in.writes.ts';
import type { AdmissionState } from './fold.rules.ts';
import { type FoldedScan, foldScans, isAdmissible, type Outcome, type Revocation } from './fold.rules.ts';
import { nextHybridClock } from './hybrid-clock.rules.ts';

/** A scan that arrived. Where clock and verdict are null, they are decided now. */
export interface ArrivedScan extends Omit<ScanRow, 'hybridClock' | 'localVerdict'> {
  hybridClock: bigint | null;
  localVerdict: ScanRow['localVerdict'] | null;
}

/** The scans and revocations of one admission at one list, before those that arrive. */
export interface Known {
  scans: readonly KnownScan[];
  revocations: readonly Revocation[];
  allowReentry: boolean;
}

export interface Plan {
  /** The arrived scans as they are to be written. */
  rows: ScanRow[];
  outcomes: Map<string, Outcome>;
  state: AdmissionState;
  /** The highest moment among scans and revocations. */
  hybridClock: bigint;
}

/**
 * Decides scans that arrived for one admission at one list, one after the other, and folds them with those that are known.
 * A scan at a connected door is stamped above everything that is known of the admission, so its answer is what the fold says.
 */
export const planScans = (known: Known, arrived: readonly ArrivedScan[], now: Date): Plan => {
  const scans = known.scans.map(foldedOf);
  const rows: ScanRow[] = [];
  // A device that was revoked must not set the clock of the others.
  const heard = known.scans.filter(({ trust }) => trust !== 'UNTRUSTED');
  let clock = highest([...heard, ...known.revocations].map(({ hybridClock }) => hybridClock));
  for (const scan of arrived) {
    const hybridClock = scan.hybridClock ?? nextHybridClock(now, clock);
    const decided = scan.localVerdict === null ? decide(scan, stateOf(scans, known)) : scan;
    const row = { ...scan, ...decided, hybridClock } as ScanRow;
    rows.push(row);
    scans.push(foldedRow(row));
    if (scan.trust !== 'UNTRUSTED') clock = highest([clock, hybridClock]);
  }
  const { outcomes, state } = foldScans(scans, known.revocations, known);
  return { rows, outcomes, state, hybridClock: clock };
};

const highest = (clocks: readonly bigint[]): bigint => clocks.reduce((most, each) => (each > most ? each : most), 0n);

const stateOf = (scans: readonly FoldedScan[], known: Known): Known & { state: AdmissionState } => ({
  ...known,
  state: foldScans(scans, known.revocations, known).state,
});

/** The verdict of a connected door. */
const decide = (
  { kind, rejection }: ArrivedScan,
  { state, allowReentry }: { state: AdmissionState; allowReentry: boolean },
): Pick<ScanRow, 'localVerdict' | 'rejection'> => {
  const refused = (why: ScanRejection) => ({ localVerdict: 'REFUSED' as const, rejection: why });
  if (rejection !== null) return refused(rejection);
  if (kind !== 'ENTRY' || isAdmissible(state, { allowReentry })) return { localVerdict: 'ADMITTED', rejection: null };
  return refused('ALREADY_INSIDE');
};

const foldedOf = ({ refusedFor, trust, ...scan }: KnownScan): FoldedScan => ({
  ...scan,
  rejection: refusedFor,
  isTrusted: trust !== 'UNTRUSTED',
});

const foldedRow = ({ deviceId, reportedDeviceId, trust, ...scan }: ScanRow): FoldedScan => ({
  ...scan,
  deviceId: deviceId ?? reportedDeviceId ?? '',
  isTrusted: trust !== 'UNTRUSTED',
});
