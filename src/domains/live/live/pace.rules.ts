/** More messages a second than this are too many to read. */
export const BUSY_RATE = 10;
/** So long must they be too many before the chat is slowed, in ms. */
export const BUSY_FOR_MS = 10_000;
/** Fewer messages a second than this can be read easily. */
export const CALM_RATE = 3;
/** So long must they be few before the chat is quick again, in ms. */
export const CALM_FOR_MS = 30_000;
/** A look that is older than this says nothing of what happens now. */
export const STALE_MS = 60_000;

/** The pace of a chat at the last look. */
export interface Pace {
  /** The number of messages that the chat had. */
  ordinal: number;
  atMs: number;
  /** Since when there are too many; null while there are not. */
  busySinceMs: number | null;
  /** Since when there are few; null while there are not. */
  calmSinceMs: number | null;
}

/** The change that the pace asks for: slow the chat, let it be quick again, or leave it as it is. */
export type Demand = 'SLOW' | 'QUICK' | 'NOTHING';

/**
 * The pace after one more look (V10). Between the two bounds nothing changes, so that a chat does not flicker.
 * @param before null at the first look, or where the last one was lost
 */
export const lookAgain = (
  before: Pace | null,
  { ordinal, atMs }: Pick<Pace, 'ordinal' | 'atMs'>,
): { pace: Pace; demand: Demand } => {
  const isFresh = before !== null && atMs > before.atMs && atMs - before.atMs <= STALE_MS && ordinal >= before.ordinal;
  if (!isFresh) return { pace: { ordinal, atMs, busySinceMs: null, calmSinceMs: null }, demand: 'NOTHING' };
  const rate = ((ordinal - before.ordinal) * 1_000) / (atMs - before.atMs);
  const busySinceMs = rate > BUSY_RATE ? (before.busySinceMs ?? before.atMs) : null;
  const calmSinceMs = rate < CALM_RATE ? (before.calmSinceMs ?? before.atMs) : null;
  return { pace: { ordinal, atMs, busySinceMs, calmSinceMs }, demand: demandOf(atMs, { busySinceMs, calmSinceMs }) };
};

const demandOf = (atMs: number, since: Pick<Pace, 'busySinceMs' | 'calmSinceMs'>): Demand => {
  if (since.busySinceMs !== null && atMs - since.busySinceMs >= BUSY_FOR_MS) return 'SLOW';
  return since.calmSinceMs !== null && atMs - since.calmSinceMs >= CALM_FOR_MS ? 'QUICK' : 'NOTHING';
};
