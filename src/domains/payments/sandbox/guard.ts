import { anyone } from '../../../kernel/handler.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';

/** Where another provider takes the payments there is no sandbox: its operations answer NOT_FOUND. */
export const whereSandbox = ({ provider }: Pick<PaymentSettings, 'provider'>) => ({
  load: (): true | null => (provider === 'SANDBOX' ? true : null),
  allow: anyone,
});
