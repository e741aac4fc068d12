import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Platform } from '../../../platform/platform.ts';
import { refundSettled } from '../facts.ts';
import { creditRefunds } from './credit.writes.ts';

type Deps = Pick<Platform, 'database' | 'clock'>;

/** Issues the credit note of what went back. May run again: a refund has one. */
export const onRefundSettledCredit = ({ database, clock }: Deps): Subscriber =>
  subscribe({
    name: 'payments.issueCreditNote',
    fact: refundSettled,
    run: async ({ paymentId }) => {
      await database.$transaction((tx) => creditRefunds(tx, { paymentId, now: clock.now() }));
    },
  });
