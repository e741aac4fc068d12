import type { WireOutcome } from '../../src/sdk/scanner/index.ts';

/** `look` is neither good nor bad: somebody should look at it. */
export type Tone = 'good' | 'bad' | 'look';

export interface Look {
  tone: Tone;
  word: string;
  mark: string;
}

const bad = (word: string): Look => ({ tone: 'bad', word, mark: '✕' });

const LOOKS: Record<WireOutcome, Look> = {
  ADMITTED: { tone: 'good', word: 'Come in', mark: '✓' },
  EXITED: { tone: 'good', word: 'Goodbye', mark: '→' },
  EXIT_WITHOUT_ENTRY: { tone: 'look', word: 'Goodbye', mark: '→' },
  CONFLICT: { tone: 'look', word: 'Let in twice', mark: '!' },
  UNDONE: { tone: 'look', word: 'Taken back', mark: '↶' },
  UNTRUSTED: bad('Device ended'),
  DUPLICATE: bad('Already in'),
  REVOKED: bad('No longer good'),
  INVALID: bad('Not a ticket'),
  WRONG_EVENT: bad('Other event'),
  CANCELLED: bad('Cancelled'),
  WRONG_LIST: bad('Other entrance'),
  OUTSIDE_WINDOW: bad('Not now'),
  UNPAID: bad('Not paid'),
};

/** Colour, word and sign of an outcome. */
export const lookOf = (outcome: WireOutcome): Look => LOOKS[outcome];
