import type { PaymentSettings } from '../../../platform/payment-settings.ts';

/** How a payment begins: what is known of it before its provider has been told. */
export interface Opening {
  provider: 'SANDBOX' | 'STRIPE';
  providerPaymentId: string | null;
  clientAction: { kind: 'redirect'; url: string } | null;
}

/** The sandbox's name for a payment, made from ours: it is known before the sandbox is. */
export const sandboxRef = (paymentId: string): string => `sbx_${paymentId.replaceAll('-', '')}`;

/** Where the payer decides: the sandbox's own page. */
export const sandboxPage = (publicUrl: string, ref: string): string => `${publicUrl}/v1/sandbox/payments/${ref}`;

/** The sandbox's names are known at once; another provider says its own when it is told. */
export const openingOf = ({ provider, publicUrl }: PaymentSettings, paymentId: string): Opening => {
  if (provider !== 'SANDBOX') return { provider, providerPaymentId: null, clientAction: null };
  const ref = sandboxRef(paymentId);
  return { provider, providerPaymentId: ref, clientAction: { kind: 'redirect', url: sandboxPage(publicUrl, ref) } };
};
