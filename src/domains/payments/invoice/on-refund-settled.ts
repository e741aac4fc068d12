import type { Subscriber } from '../../../kernel/domain.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import type { Platform } from '../../../platform/platform.ts';
import { refundSettled } from '../facts.ts';
import { creditReturns } from './credit.writes.ts';

type Deps = Pick<Platform, 'database' | 'clock'>;

/** Issues the credit notes of what went back. May run again: a refund has one for each invoice. */
export const onRefundSettledCredit = ({ database, clock }: Deps): Subscriber =>
  subscribeInTransaction(database, {
    name: 'payments.issueCreditNote',
    fact: refundSettled,
    run: async (tx, { paymentId }) => {
      await creditReturns(tx, { paymentId, now: clock.now() });
    },
  });
