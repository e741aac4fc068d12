import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { decline } from './contract.ts';
import { whereSandbox } from './guard.ts';
import type { SandboxStore } from './sandbox.store.ts';
import type { Sandbox } from './sandbox.ts';
import { presentState } from './state.rules.ts';
import { untilTold } from './until-told.ts';

interface Deps {
  settings: PaymentSettings;
  sandbox: Sandbox;
  store: SandboxStore;
  database: Pick<Database, 'payment'>;
}

/** The payer, or their bank, refuses. */
export const declineInSandbox = ({ settings, sandbox, ...knowing }: Deps) =>
  handle(decline, {
    ...whereSandbox(settings),
    run: async ({ ref, code }) => {
      await untilTold(knowing, ref);
      return presentState(await sandbox.decline(ref, code));
    },
  });
