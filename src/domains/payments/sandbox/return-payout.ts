import { handle } from '../../../kernel/handler.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { wireMinor } from '../money/wire.rules.ts';
import { returnPayout } from './contract.ts';
import type { Announce } from './deliver-webhook.job.ts';
import { whereSandbox } from './guard.ts';
import type { SandboxStore } from './sandbox.store.ts';
import { returnTransfer } from './transfers.ts';

interface Deps {
  settings: PaymentSettings;
  store: SandboxStore;
  announce: Announce;
}

/** The host's bank does not take what was sent to it. */
export const returnPayoutInSandbox = ({ settings, ...bank }: Deps) =>
  handle(returnPayout, {
    ...whereSandbox(settings),
    run: async ({ transferRef }) => {
      const { amountMinor, ...transfer } = await returnTransfer(bank, transferRef);
      return { ...transfer, amountMinor: wireMinor(amountMinor) };
    },
  });
