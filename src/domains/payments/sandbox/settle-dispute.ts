import { handle } from '../../../kernel/handler.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { settleDispute } from './contract.ts';
import { whereSandbox } from './guard.ts';
import type { Sandbox } from './sandbox.ts';
import { presentState } from './state.rules.ts';

interface Deps {
  settings: PaymentSettings;
  sandbox: Sandbox;
}

/** The bank decides. */
export const settleDisputeInSandbox = ({ settings, sandbox }: Deps) =>
  handle(settleDispute, {
    ...whereSandbox(settings),
    run: async ({ ref, outcome }) => presentState(await sandbox.settleDispute(ref, outcome)),
  });
