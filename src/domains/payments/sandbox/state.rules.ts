import type { SandboxPayment } from './document.rules.ts';

/** A payment of the sandbox as its operations show it. */
export const presentState = ({ ref, status, amountMinor, currency, refunds }: SandboxPayment) => ({
  ref,
  status,
  amountMinor,
  currency,
  refundedMinor: refunds.reduce((sum, refund) => sum + refund.amountMinor, 0),
});
