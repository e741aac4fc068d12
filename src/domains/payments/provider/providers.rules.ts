import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import type { Provider } from './provider.ts';

/** The providers this installation talks to. */
export type Providers = ReadonlyMap<PaymentProvider, Provider>;

/** @throws Error when this installation does not talk to it any more */
export const providerOf = (providers: Providers, name: PaymentProvider): Provider => {
  const provider = providers.get(name);
  if (!provider) throw new Error(`this installation does not talk to the payment provider ${name}`);
  return provider;
};
