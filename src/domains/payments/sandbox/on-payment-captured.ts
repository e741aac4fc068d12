import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import { paymentCaptured } from '../facts.ts';
import { findPayment } from '../payment/payment.reads.ts';
import type { SandboxPayment } from './document.rules.ts';
import type { SandboxStore } from './sandbox.store.ts';

interface Deps {
  database: Pick<Database, 'payment'>;
  store: SandboxStore;
}

/**
 * A webhook with the sandbox's signature is the sandbox's word, whoever wrote it: its own books follow, so that they say
 * the same as ours.
 */
export const onPaymentCapturedInSandbox = ({ database, store }: Deps): Subscriber =>
  subscribe({
    name: 'payments.followInSandbox',
    fact: paymentCaptured,
    run: async ({ paymentId, amountMinor, currency, capturedAt }) => {
      const payment = await findPayment(database, paymentId);
      if (payment?.provider !== 'SANDBOX' || payment.providerPaymentId === null) return;
      const ref = payment.providerPaymentId;
      const parts: Pick<SandboxPayment, 'refunds' | 'disputes'> = { refunds: [], disputes: [] };
      const fresh = { ref, paymentId, amountMinor, currency, status: 'CAPTURED' as const, ...parts, at: capturedAt };
      await store.touch(capturedAt.slice(0, 10), ref);
      await store.change(ref, (current) => {
        if (current === null) return fresh;
        return current.status === 'CAPTURED' ? null : { ...current, status: 'CAPTURED', at: capturedAt };
      });
    },
  });
