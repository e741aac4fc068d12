import { setTimeout as pause } from 'node:timers/promises';
import { handle } from '../../../kernel/handler.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { page } from './contract.ts';
import type { SandboxPayment } from './document.ts';
import { pageHtml } from './page-html.ts';
import type { SandboxStore } from './sandbox.store.ts';

interface Deps {
  settings: PaymentSettings;
  store: SandboxStore;
}

/** The sandbox is told of a payment a moment after its payer is sent here. */
const WAIT_MS = 100;
const MAX_WAITS = 30;

/** The page on which a payer decides. */
export const showSandboxPage = ({ settings, store }: Deps) =>
  handle(page, {
    load: ({ ref }) => (settings.provider === 'SANDBOX' ? untilKnown(store, ref) : null),
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
