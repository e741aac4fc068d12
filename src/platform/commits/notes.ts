import type { Commit } from '../../kernel/handler.ts';
import type { Transaction } from '../db/client.ts';
import { draftFact, type OutboxRow } from '../facts/outbox.ts';
import type { Log } from '../log.ts';

/** What a transaction leaves to be written at its end, and to be done after it. */
export interface Notes {
  facts: OutboxRow[];
  after: (() => Promise<void>)[];
}

const MAX_FACTS = 1_000;

/** What a committed operation gets besides its call: the transaction, and places to leave notes. */
export const noting = (tx: Transaction, notes: Notes): Omit<Commit<Transaction>, 'audit'> => ({
  tx,
  record: async (fact, payload) => {
    if (notes.facts.length >= MAX_FACTS) throw new Error(`more than ${MAX_FACTS} facts in one transaction`);
    notes.facts.push(draftFact(fact, payload));
  },
  afterCommit: (run) => {
    notes.after.push(run);
  },
});

/** Does what waited for the commit. What fails is a cache that will be wrong for as long as it lives, and no more. */
export const runAfter = async (log: Log, after: Notes['after']): Promise<void> => {
  for (const run of after) {
    await run().catch((error: unknown) => log.debug({ err: error }, 'not done after the commit'));
  }
};
