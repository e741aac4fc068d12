import { type FakeStripe, openFakeStripe, WEBHOOK_SECRET } from '../../../support/fake-stripe.ts';
import { type FlowWorld, openFlowWorld } from './flow-world.ts';

/** A world whose payments go to a stand-in for Stripe. */
export const openStripeWorld = async (): Promise<{ stripe: FakeStripe; world: FlowWorld }> => {
  const stripe = await openFakeStripe();
  const world = await openFlowWorld({
    PAYMENT_PROVIDER: 'stripe',
    STRIPE_SECRET_KEY: 'sk_test_of_the_tests',
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_API_HOST: '127.0.0.1',
    STRIPE_API_PORT: String(stripe.port),
    STRIPE_API_PROTOCOL: 'http',
  });
  return { stripe, world };
};
