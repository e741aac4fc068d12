import type { Commit } from '../../kernel/handler.ts';
import type { Transaction } from '../db/client.ts';
import { recordFact } from './outbox.ts';

/** Writes a fact into the transaction of the change it reports: `context.record` of a committed operation. */
export type RecordFact = Commit<Transaction>['record'];

/** The same for the transaction of a job or a subscriber. */
export const recordIn =
  (tx: Transaction): RecordFact =>
  (fact, payload) =>
    recordFact(tx, fact, payload);
