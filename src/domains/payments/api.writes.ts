import type { Transaction } from '../../platform/db/client.ts';
import type { JournalDraft } from './ledger/journal.ts';
import { postJournal as post } from './ledger/post-journal.writes.ts';

/**
 * What other domains may have changed here, in the transaction of their own change. It stands apart from `api.ts` so that
 * operations which only read, and run on nodes, reach no write.
 */

/**
 * Posts a balanced journal, opening accounts that do not exist and locking them in the order of their ids. Repeats of
 * (sourceType, sourceId, kind) post nothing and learn the first one's id.
 * @throws Error for entries that do not balance
 */
export const postJournal = (
  tx: Transaction,
  draft: JournalDraft,
): Promise<{ journalId: string; posted: boolean }> => post(tx, draft);
