import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { approve } from './contract.ts';
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

/** The payer pays. */
export const approveInSandbox = ({ settings, sandbox, ...knowing }: Deps) =>
  handle(approve, {
    ...whereSandbox(settings),
    run: async ({ ref }) => {
      await untilTold(knowing, ref);
      return presentState(await sandbox.approve(ref));
    },
  });
