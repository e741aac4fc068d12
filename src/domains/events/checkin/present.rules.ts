import type { z } from 'zod';
import type { KnownScan } from './check-in.reads.ts';
import { timeOf } from './hybrid-clock.rules.ts';
import type { ScanAnswerOutcome } from './shapes/contract.ts';

export type WireOutcome = z.infer<typeof ScanAnswerOutcome>;

/** Gives the name that clients know a stored outcome by. */
export const wireOutcome = ({ outcome, rejection }: Pick<KnownScan, 'outcome' | 'rejection'>): WireOutcome => {
  if (outcome === 'REJECTED') return REJECTIONS[rejection ?? 'MALFORMED'];
  return OUTCOMES[outcome];
};

/** A scan that is not folded yet is never seen: it is folded in the transaction that writes it. */
const OUTCOMES = {
  PENDING: 'INVALID',
  REJECTED: 'INVALID',
  ADMITTED: 'ADMITTED',
  DUPLICATE: 'DUPLICATE',
  CONFLICT: 'CONFLICT',
  REVOKED: 'REVOKED',
  REVOKED_ADMITTED: 'REVOKED',
  EXITED: 'EXITED',
  EXIT_WITHOUT_ENTRY: 'EXIT_WITHOUT_ENTRY',
  VOIDED: 'UNDONE',
  UNDONE: 'UNDONE',
  UNTRUSTED: 'UNTRUSTED',
} as const satisfies Record<KnownScan['outcome'], WireOutcome>;

const REJECTIONS = {
  MALFORMED: 'INVALID',
  BAD_SIGNATURE: 'INVALID',
  PROOF_EXPIRED: 'INVALID',
  WRONG_EVENT: 'WRONG_EVENT',
  REVOKED: 'REVOKED',
  CANCELLED: 'CANCELLED',
  WRONG_LIST: 'WRONG_LIST',
  OUTSIDE_WINDOW: 'OUTSIDE_WINDOW',
  UNPAID: 'UNPAID',
  ALREADY_INSIDE: 'DUPLICATE',
} as const satisfies Record<NonNullable<KnownScan['rejection']>, WireOutcome>;

const SENTENCES: Record<WireOutcome, string> = {
  ADMITTED: 'Let them in.',
  DUPLICATE: 'This ticket was used already.',
  CONFLICT: 'This ticket was let in at two doors.',
  EXITED: 'They have left.',
  EXIT_WITHOUT_ENTRY: 'They leave, and were not counted in.',
  REVOKED: 'This code is no longer good: the ticket was cancelled, passed on, or has a newer code.',
  INVALID: 'This is no ticket of ours.',
  WRONG_EVENT: 'This is not a ticket for this event.',
  CANCELLED: 'This ticket was cancelled.',
  WRONG_LIST: 'This ticket is not for this entrance.',
  OUTSIDE_WINDOW: 'This ticket is not good at this time.',
  UNPAID: 'This ticket is not paid.',
  UNTRUSTED: 'This device was revoked: the scan was kept and changes nothing.',
  UNDONE: 'This scan was taken back.',
};

/** One sentence for who stands at the door. */
export const explain = (scan: Pick<KnownScan, 'outcome' | 'rejection'>): string => {
  if (scan.rejection === 'PROOF_EXPIRED') return 'The code needs the fresh number from the guest’s app.';
  if (scan.outcome === 'REVOKED_ADMITTED') return 'The code was no longer good when this device let it in.';
  return SENTENCES[wireOutcome(scan)];
};

/** A scan as others refer to it. */
export const presentRef = ({ id, hybridClock, deviceId, gate }: KnownScan) => ({
  scanId: id,
  at: timeOf(hybridClock).toISOString(),
  deviceId,
  gate,
});

/** The stored outcomes, and the reasons of rejected scans, that are called so outside. */
export const storedAs = (outcome: WireOutcome): { outcomes: string[]; rejections: string[] } => {
  const named = (table: Record<string, WireOutcome>): string[] =>
    Object.entries(table).flatMap(([stored, wire]) => (wire === outcome ? [stored] : []));
  return { outcomes: named(OUTCOMES).filter((stored) => stored !== 'REJECTED'), rejections: named(REJECTIONS) };
};
