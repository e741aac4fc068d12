import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import type { Providers } from '../provider/providers.rules.ts';
import { createStripeProvider } from '../provider/stripe-provider.ts';
import type { SandboxDeps } from './sandbox-provider.ts';
import { createSandboxProvider } from './sandbox-provider.ts';

/** The providers that the settings name: one that moves money, or the sandbox. @throws Error when what the chosen provider needs is missing */
export const openProviders = (settings: PaymentSettings, deps: SandboxDeps): Providers => {
  const provider = settings.stripe ? createStripeProvider(settings.stripe) : createSandboxProvider(deps);
  return new Map([[provider.name, provider]]);
};
