import type { Leased } from './delivery.writes.ts';
import type { Told } from './relevance.reads.ts';

/** What became of one attempt. */
export type Outcome =
  | { kind: 'SENT' }
  /** There is nobody to send it to any more. */
  | { kind: 'NOBODY' }
  /** It will never be taken. */
  | { kind: 'REFUSED'; error: Error }
  /** A repeat may help, not before `retryAfterMs` from now where that is known. */
  | { kind: 'FAILED'; error: Error; retryAfterMs?: number };

/**
 * Sends by one channel, once. Repeats after a crash are its concern: what is sent carries an id that stays the same, so
 * that who gets it twice is shown one.
 */
export type Way = (told: Told, delivery: Leased) => Promise<Outcome>;

export const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
