import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import type { SandboxDeps } from '../sandbox/sandbox-provider.ts';
import { createSandboxProvider } from '../sandbox/sandbox-provider.ts';
import type { Provider } from './provider.ts';
import { createStripeProvider } from './stripe-provider.ts';

/** The providers this installation talks to. */
export type Providers = ReadonlyMap<PaymentProvider, Provider>;

/** @throws Error when what the chosen provider needs is missing */
export const openProviders = (settings: PaymentSettings, deps: SandboxDeps): Providers => {
  const provider = settings.stripe ? createStripeProvider(settings.stripe) : createSandboxProvider(deps);
  return new Map([[provider.name, provider]]);
};

/** @throws Error when this installation does not talk to it any more */
export const providerOf = (providers: Providers, name: PaymentProvider): Provider => {
  const provider = providers.get(name);
  if (!provider) throw new Error(`this installation does not talk to the payment provider ${name}`);
  return provider;
};
