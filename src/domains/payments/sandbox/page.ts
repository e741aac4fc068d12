import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { findByProviderRef } from '../payment/payment.reads.ts';
import { page } from './contract.ts';
import { pageHtml } from './page-html.rules.ts';
import type { SandboxStore } from './sandbox.store.ts';
import { untilTold } from './until-told.ts';

interface Deps {
  settings: PaymentSettings;
  store: SandboxStore;
  database: Pick<Database, 'payment'>;
}

/** The page on which a payer decides. */
export const showSandboxPage = ({ settings, store, database }: Deps) =>
  handle(page, {
    load: ({ ref }) => (settings.provider === 'SANDBOX' ? untilTold({ store, database }, ref) : null),
    allow: () => true,
    run: async ({ ref }, payment) => {
      // One that a program with the sandbox's secret told of is none of ours.
      const own = await findByProviderRef(database, 'SANDBOX', ref);
      return { html: pageHtml(payment, own?.returnUrl ?? null) };
    },
  });
