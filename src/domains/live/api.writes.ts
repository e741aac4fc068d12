import type { RoomBatch } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import { persistVotes } from './ballot/persist.ts';

/** Stores the votes and upvotes that the logs of events' rooms hold, idempotently and in order. */
export const persistStages = (tx: Transaction, batches: RoomBatch[]): Promise<void> => persistVotes(tx, batches);
