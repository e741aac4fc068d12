import { handle } from '../../../kernel/handler.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { configure } from './contract.ts';
import { whereSandbox } from './guard.ts';
import type { SandboxStore } from './sandbox.store.ts';

interface Deps {
  settings: PaymentSettings;
  store: SandboxStore;
}

/** Sets what goes wrong on purpose, for everybody. */
export const configureSandbox = ({ settings, store }: Deps) =>
  handle(configure, {
    ...whereSandbox(settings),
    run: async (switches) => {
      await store.setSwitches(switches);
      return switches;
    },
  });
