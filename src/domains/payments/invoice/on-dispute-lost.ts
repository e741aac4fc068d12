import type { Subscriber } from '../../../kernel/domain.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import type { Platform } from '../../../platform/platform.ts';
import { disputeLost } from '../facts.ts';
import { creditReturns } from './credit.writes.ts';

type Deps = Pick<Platform, 'database' | 'clock'>;

/** Issues the credit notes of what a bank took back. May run again: a dispute has one for each invoice. */
export const onDisputeLostCredit = ({ database, clock }: Deps): Subscriber =>
  subscribeInTransaction(database, {
    name: 'payments.issueCreditNoteOfDispute',
    fact: disputeLost,
    run: async (tx, { paymentId }) => {
      await creditReturns(tx, { paymentId, now: clock.now() });
    },
  });
