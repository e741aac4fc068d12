import type { ScanKind, ScanOutcome, ScanRejection, ScanVerdict } from '../../../generated/prisma/enums.ts';

/** One scan of an admission at a list, as the fold looks at it. */
export interface FoldedScan {
  id: string;
  /** The device by its own id, or as a person's session named it. */
  deviceId: string;
  /** The device's own count; null where it keeps none. */
  deviceSeq: number | null;
  /** Milliseconds since 1970 shifted left by 16, plus a counter. */
  hybridClock: bigint;
  kind: ScanKind;
  /** The scan that an UNDO voids. */
  undoesId: string | null;
  /** Of the code that was shown. */
  generation: number;
  /** The door let somebody in, or sent them away. The fold never contradicts it, it only adds an outcome. */
  localVerdict: ScanVerdict;
  /** Why the door refused, or why the server does not accept the code; null where neither is so. */
  rejection: ScanRejection | null;
  /** False for a device that was revoked before the scan arrived. */
  isTrusted: boolean;
}

/** From this moment of the hybrid clock on, codes below a generation are dead. */
export interface Revocation {
  minGeneration: number;
  hybridClock: bigint;
}

export interface Outcome {
  outcome: ScanOutcome;
  /** For REJECTED: why. */
  rejection: ScanRejection | null;
  /** For CONFLICT: the scan that holds the admission. */
  conflictsWithId: string | null;
}

/** Where an admission stands at a list after its scans. */
export interface AdmissionState {
  isInside: boolean;
  /** Scans that are ADMITTED. */
  entries: number;
  /** The first of them. */
  firstScanId: string | null;
  /** The one that let the person in last. */
  holderScanId: string | null;
}

export interface Folded {
  outcomes: Map<string, Outcome>;
  state: AdmissionState;
}

const NOBODY: AdmissionState = { isInside: false, entries: 0, firstScanId: null, holderScanId: null };

/**
 * Says of all scans of one admission at one list what each was. A pure function of the set: neither the order in which
 * scans arrive nor repeats change it. Scans are ordered by their hybrid clocks, then by device, its count, and id; a scan
 * that was undone counts for nothing.
 * - An entry that the door let in is ADMITTED when nobody was inside and the list allows it, REVOKED_ADMITTED when its code
 *   was dead by then, else a CONFLICT that names the scan which holds the admission.
 * - An entry that the door refused is DUPLICATE, REVOKED, or REJECTED with its reason; nobody came in by it.
 * - An exit is EXITED, or EXIT_WITHOUT_ENTRY.
 */
export const foldScans = (
  scans: readonly FoldedScan[],
  revocations: readonly Revocation[],
  { allowReentry }: { allowReentry: boolean },
): Folded => {
  const outcomes = new Map<string, Outcome>();
  const undone = new Set(
    scans.flatMap(({ isTrusted, undoesId }) => (isTrusted && undoesId !== null ? [undoesId] : [])),
  );
  let state = NOBODY;
  for (const scan of [...scans].sort(byClock)) {
    if (undone.has(scan.id)) {
      outcomes.set(scan.id, plain('VOIDED'));
      continue;
    }
    const step = fold(scan, state, { allowReentry, minGeneration: minGenerationAt(revocations, scan.hybridClock) });
    outcomes.set(scan.id, step.outcome);
    state = step.state;
  }
  return { outcomes, state };
};

/** The lowest generation that is good at a moment of the hybrid clock. */
export const minGenerationAt = (revocations: readonly Revocation[], hybridClock: bigint): number =>
  revocations.reduce(
    (least, revocation) => (revocation.hybridClock <= hybridClock ? Math.max(least, revocation.minGeneration) : least),
    0,
  );

/** Whether an entry now would be let in, by what is known of the admission. */
export const isAdmissible = ({ isInside, entries }: AdmissionState, { allowReentry }: { allowReentry: boolean }) =>
  !isInside && (entries === 0 || allowReentry);

interface Rules {
  allowReentry: boolean;
  minGeneration: number;
}

interface Step {
  outcome: Outcome;
  state: AdmissionState;
}

const plain = (outcome: ScanOutcome): Outcome => ({ outcome, rejection: null, conflictsWithId: null });

const fold = (scan: FoldedScan, state: AdmissionState, rules: Rules): Step => {
  if (!scan.isTrusted) return { outcome: plain('UNTRUSTED'), state };
  if (scan.kind === 'UNDO') return { outcome: plain('UNDONE'), state };
  if (scan.kind === 'EXIT') return exit(scan, state);
  return scan.localVerdict === 'ADMITTED' && scan.rejection === null
    ? admit(scan, state, rules)
    : { outcome: refuse(scan, rules), state };
};

const exit = ({ rejection }: FoldedScan, state: AdmissionState): Step => {
  if (rejection !== null) return { outcome: { ...plain('REJECTED'), rejection }, state };
  if (!state.isInside) return { outcome: plain('EXIT_WITHOUT_ENTRY'), state };
  return { outcome: plain('EXITED'), state: { ...state, isInside: false } };
};

const admit = (scan: FoldedScan, state: AdmissionState, rules: Rules): Step => {
  if (scan.generation < rules.minGeneration) return { outcome: plain('REVOKED_ADMITTED'), state };
  if (!isAdmissible(state, rules)) {
    return { outcome: { ...plain('CONFLICT'), conflictsWithId: state.holderScanId }, state };
  }
  return {
    outcome: plain('ADMITTED'),
    state: {
      isInside: true,
      entries: state.entries + 1,
      firstScanId: state.firstScanId ?? scan.id,
      holderScanId: scan.id,
    },
  };
};

const refuse = ({ generation, rejection }: FoldedScan, { minGeneration }: Rules): Outcome => {
  if (generation < minGeneration || rejection === 'REVOKED') return plain('REVOKED');
  if (rejection === null || rejection === 'ALREADY_INSIDE') return plain('DUPLICATE');
  return { ...plain('REJECTED'), rejection };
};

const byClock = (a: FoldedScan, b: FoldedScan): number =>
  compare(a.hybridClock, b.hybridClock) ||
  compare(a.deviceId, b.deviceId) ||
  compare(a.deviceSeq ?? 0, b.deviceSeq ?? 0) ||
  compare(a.id, b.id);

const compare = <Value extends bigint | number | string>(a: Value, b: Value): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
