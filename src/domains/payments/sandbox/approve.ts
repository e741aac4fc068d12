import { handle } from '../../../kernel/handler.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { approve } from './contract.ts';
import { whereSandbox } from './guard.ts';
import type { Sandbox } from './sandbox.ts';
import { presentState } from './state.ts';

interface Deps {
  settings: PaymentSettings;
  sandbox: Sandbox;
}

/** The payer pays. */
export const approveInSandbox = ({ settings, sandbox }: Deps) =>
  handle(approve, {
    ...whereSandbox(settings),
    run: async ({ ref }) => presentState(await sandbox.approve(ref)),
  });
