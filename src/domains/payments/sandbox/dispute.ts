import { handle } from '../../../kernel/handler.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { dispute } from './contract.ts';
import { whereSandbox } from './guard.ts';
import type { Sandbox } from './sandbox.ts';
import { presentState } from './state.rules.ts';

interface Deps {
  settings: PaymentSettings;
  sandbox: Sandbox;
}

/** The payer goes to their bank. */
export const disputeInSandbox = ({ settings, sandbox }: Deps) =>
  handle(dispute, {
    ...whereSandbox(settings),
    run: async ({ ref, amountMinor, reason }) => {
      const claim = { reason, ...(amountMinor === undefined ? {} : { amountMinor }) };
      const payment = await sandbox.dispute(ref, claim);
      return { ...presentState(payment), disputeRef: payment.disputes.at(-1)?.ref ?? '' };
    },
  });
