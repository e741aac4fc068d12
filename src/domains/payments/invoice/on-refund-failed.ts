import type { Subscriber } from '../../../kernel/domain.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import type { Platform } from '../../../platform/platform.ts';
import { refundFailed } from '../facts.ts';
import { creditReturns } from './credit.writes.ts';

type Deps = Pick<Platform, 'database' | 'clock'>;

/** Takes the credit note of a refund back that failed after it had settled. May run again: a note is taken back once. */
export const onRefundFailedCredit = ({ database, clock }: Deps): Subscriber =>
  subscribeInTransaction(database, {
    name: 'payments.takeCreditNoteBack',
    fact: refundFailed,
    run: async (tx, { paymentId }) => {
      await creditReturns(tx, { paymentId, now: clock.now() });
    },
  });
