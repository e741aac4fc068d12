import { type FoldedScan, foldScans, isAdmissible } from '../../domains/events/checkin/fold.rules.ts';
import { explain, type WireOutcome, wireOutcome } from '../../domains/events/checkin/present.rules.ts';
import { type DoorTicket, rejectionOf } from '../../domains/events/checkin/verdict.rules.ts';
import type { ScanKind, ScanRejection, ScanVerdict } from '../../generated/prisma/enums.ts';
import type { BundleList, OpenedBundle } from './bundle.ts';
import type { ReadCode } from './read-code.ts';

/** A scan that this device knows of, its own or another's. */
export interface KnownScan {
  scanId: string;
  kind: Extract<ScanKind, 'ENTRY' | 'EXIT'>;
  hybridClock: bigint;
  localVerdict: ScanVerdict;
  rejection: ScanRejection | null;
  /** The server's word; null before it was heard. */
  outcome: WireOutcome | null;
}

/** A code at a door without network. */
export interface Judged {
  scanId: string;
  kind: KnownScan['kind'];
  hybridClock: bigint;
  code: ReadCode;
}

/** A verdict that a device reaches on its own, and tells the server later. */
export interface LocalVerdict {
  localVerdict: ScanVerdict;
  rejection: ScanRejection | null;
  outcome: WireOutcome;
  /** One sentence for who stands at the door. */
  explanation: string;
}

/**
 * Judges a code by what the device knows: the bundle, and the scans of this admission at this list that it heard of. The
 * order of reasons and the fold are the server's own.
 */
export const judge = (
  { bundle, list, now }: { bundle: OpenedBundle; list: BundleList; now: Date },
  scan: Judged,
  known: readonly KnownScan[],
): LocalVerdict => {
  const before = known.flatMap((each) => foldedOf(each) ?? []);
  const decided = decide({ bundle, list, now }, scan, before);
  const mine: FoldedScan = { ...asFolded(scan), ...decided };
  const result = foldScans([...before, mine], [], list).outcomes.get(scan.scanId);
  const outcome = result ?? { outcome: 'PENDING' as const, rejection: null };
  return { ...decided, outcome: wireOutcome(outcome), explanation: explain(outcome) };
};

const decide = (
  { bundle, list, now }: { bundle: OpenedBundle; list: BundleList; now: Date },
  { kind, code }: Judged,
  before: readonly FoldedScan[],
): Pick<LocalVerdict, 'localVerdict' | 'rejection'> => {
  const door = {
    eventId: bundle.eventId,
    now,
    list: { ...list, opensAt: dateOf(list.opensAt), closesAt: dateOf(list.closesAt) },
  };
  const minGeneration = bundle.minGenerations.get(code.claims?.admissionId ?? '') ?? 0;
  const shown = { kind, code: code.shown, ticket: ticketOf(bundle, code), minGeneration, hasProof: code.hasProof };
  const rejection = rejectionOf(door, shown);
  if (rejection !== null) return { localVerdict: 'REFUSED', rejection };
  if (kind === 'EXIT' || isAdmissible(foldScans(before, [], list).state, list)) {
    return { localVerdict: 'ADMITTED', rejection: null };
  }
  return { localVerdict: 'REFUSED', rejection: 'ALREADY_INSIDE' };
};

/** A signed code that is not revoked is a ticket, also if it was bought after the bundle was made. */
const ticketOf = ({ types }: OpenedBundle, { claims }: ReadCode): DoorTicket | null => {
  if (claims === null) return null;
  const type = types.get(claims.typeNumber);
  return {
    status: 'ISSUED',
    ticketTypeId: type?.id ?? null,
    validFrom: type?.validFrom ?? new Date(claims.notBefore * 1_000),
    validUntil: type?.validUntil ?? new Date(claims.expiresAt * 1_000),
  };
};

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

const LET_THROUGH: ReadonlySet<WireOutcome> = new Set(['ADMITTED', 'CONFLICT', 'EXITED', 'EXIT_WITHOUT_ENTRY']);

/** Null for a scan that counts for nothing. What the server said of one counts more than what was done here. */
const foldedOf = (scan: KnownScan): FoldedScan | null => {
  const { outcome, localVerdict, rejection } = scan;
  if (outcome === 'UNDONE' || outcome === 'UNTRUSTED') return null;
  if (outcome === null) return { ...asFolded(scan), localVerdict, rejection };
  return LET_THROUGH.has(outcome)
    ? { ...asFolded(scan), localVerdict: 'ADMITTED', rejection: null }
    : { ...asFolded(scan), localVerdict: 'REFUSED', rejection: 'ALREADY_INSIDE' };
};

/** Revocations are judged before the fold, so a generation says nothing here; one device's clock orders its scans alone. */
const asFolded = ({ scanId, kind, hybridClock }: Pick<KnownScan, 'scanId' | 'kind' | 'hybridClock'>) => ({
  ...{ id: scanId, deviceId: '', deviceSeq: null, undoesId: null, generation: 0, isTrusted: true },
  ...{ kind, hybridClock },
});
