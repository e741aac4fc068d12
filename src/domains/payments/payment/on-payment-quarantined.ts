import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Log } from '../../../platform/log.ts';
import { paymentQuarantined } from '../facts.ts';

/** Raises the alarm: an error line is what operators are woken by. */
export const onPaymentQuarantined = ({ log }: { log: Log }): Subscriber =>
  subscribe({
    name: 'payments.alarmQuarantine',
    fact: paymentQuarantined,
    run: async ({ paymentId, webhookId, reason }) => {
      log.error({ paymentId, webhookId, reason }, 'a provider’s message does not fit the payment');
    },
  });
