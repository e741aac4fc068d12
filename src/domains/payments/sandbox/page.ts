import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
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
    run: (_input, payment) => ({ html: pageHtml(payment) }),
  });
