import { handle } from '../../../kernel/handler.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { decline } from './contract.ts';
import { whereSandbox } from './guard.ts';
import type { Sandbox } from './sandbox.ts';
import { presentState } from './state.ts';

interface Deps {
  settings: PaymentSettings;
  sandbox: Sandbox;
}

/** The payer, or their bank, refuses. */
export const declineInSandbox = ({ settings, sandbox }: Deps) =>
  handle(decline, {
    ...whereSandbox(settings),
    run: async ({ ref, code }) => presentState(await sandbox.decline(ref, code)),
  });
