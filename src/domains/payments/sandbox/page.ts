import { setTimeout as pause } from 'node:timers/promises';
import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { findByProviderRef } from '../payment/payment.reads.ts';
import { page } from './contract.ts';
import type { SandboxPayment } from './document.ts';
import { pageHtml } from './page-html.ts';
import type { SandboxStore } from './sandbox.store.ts';

interface Deps {
  settings: PaymentSettings;
  store: SandboxStore;
  database: Pick<Database, 'payment'>;
}

/** The sandbox is told of a payment a moment after its payer is sent here. */
const WAIT_MS = 100;
const MAX_WAITS = 30;

/** The page on which a payer decides. */
export const showSandboxPage = ({ settings, store, database }: Deps) =>
  handle(page, {
    load: async ({ ref }) => {
      if (settings.provider !== 'SANDBOX') return null;
      const known = await store.payment(ref);
      // What nobody opened is answered at once: only a payment of ours may be a moment ahead of the sandbox.
      return known ?? ((await findByProviderRef(database, 'SANDBOX', ref)) && untilKnown(store, ref));
    },
    allow: () => true,
    run: (_input, payment) => ({ html: pageHtml(payment) }),
  });

const untilKnown = async (store: SandboxStore, ref: string): Promise<SandboxPayment | null> => {
  for (let wait = 0; wait < MAX_WAITS; wait += 1) {
    const payment = await store.payment(ref);
    if (payment) return payment;
    await pause(WAIT_MS);
  }
  return null;
};
