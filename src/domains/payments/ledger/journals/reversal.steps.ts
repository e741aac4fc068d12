import { AppError } from '../../../../kernel/errors.ts';
import type { Transaction } from '../../../../platform/db/client.ts';
import { findJournal, type PostedJournal } from '../journal.reads.ts';
import type { Entry, JournalDraft } from '../journal.rules.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';

export interface Reversal {
  journalId: string;
  /** Why, for whoever reads the books. */
  description: string;
  /** Who does it by hand; absent for what the books do by rule. */
  createdById?: string;
  /** The fact that takes it back; by hand when absent. */
  source?: Pick<JournalDraft, 'sourceType' | 'sourceId'>;
  at: Date;
}

/**
 * Takes a whole journal back, once: a journal with the opposite entries.
 * @throws NOT_FOUND, CONFLICT for a journal that is a reversal itself
 */
export const reverseJournal = async (tx: Transaction, reversal: Reversal): Promise<Posted> => {
  const original = await originalOf(tx, reversal.journalId);
  return postJournal(tx, {
    ...correctionOf(reversal),
    kind: 'REVERSAL',
    reversesId: original.id,
    entries: original.entries.map((entry) => ({ ...entry, amountMinor: -entry.amountMinor })),
  });
};

/** What should have been posted instead of a journal that was taken back; posted once for each. */
export const postCorrection = async (tx: Transaction, correction: Reversal & { entries: Entry[] }): Promise<Posted> => {
  const original = await originalOf(tx, correction.journalId);
  return postJournal(tx, {
    ...correctionOf({ ...correction, journalId: original.id }),
    kind: 'ADJUSTMENT',
    entries: correction.entries,
  });
};

const correctionOf = ({ journalId, description, createdById, at, source }: Reversal) => ({
  ...(source ?? ({ sourceType: 'MANUAL', sourceId: journalId } as const)),
  ...(createdById === undefined ? {} : { createdById }),
  eventAt: at,
  description,
});

const originalOf = async (tx: Transaction, journalId: string): Promise<PostedJournal> => {
  const original = await findJournal(tx, journalId);
  if (original === null) throw new AppError('NOT_FOUND', 'There is no such journal.');
  if (original.reversesId !== null) throw new AppError('CONFLICT', 'A reversal is not taken back: post what is right.');
  return original;
};
