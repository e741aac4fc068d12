import { handle } from '../../../kernel/handler.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { refund } from './contract.ts';
import { whereSandbox } from './guard.ts';
import type { Sandbox } from './sandbox.ts';
import { presentState } from './state.rules.ts';

interface Deps {
  settings: PaymentSettings;
  sandbox: Sandbox;
}

/** Money goes back without our asking for it. */
export const refundInSandbox = ({ settings, sandbox }: Deps) =>
  handle(refund, {
    ...whereSandbox(settings),
    run: async ({ ref, amountMinor }) => presentState(await sandbox.refund(ref, amountMinor)),
  });
