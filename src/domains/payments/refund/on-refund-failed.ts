import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Log } from '../../../platform/log.ts';
import { refundFailed } from '../facts.ts';

/** Raises the alarm: somebody waits for money that did not go back. */
export const onRefundFailed = ({ log }: { log: Log }): Subscriber =>
  subscribe({
    name: 'payments.alarmFailedRefund',
    fact: refundFailed,
    run: async ({ refundId, paymentId, message }) => {
      log.error({ refundId, paymentId, reason: message }, 'a refund was refused by its provider');
    },
  });
