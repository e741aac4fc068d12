import Stripe from 'stripe';
import { ProviderRefused, ProviderSilent } from './failures.rules.ts';
import { failureCodeOf } from './stripe-messages.rules.ts';

/**
 * Runs a call and says what its failure means for us.
 * @throws ProviderRefused when Stripe said no, ProviderSilent when it may have done it
 */
export const telling = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    throw explained(error);
  }
};

const explained = (error: unknown): unknown => {
  if (error instanceof Stripe.errors.StripeCardError) {
    return refused(failureCodeOf(error.decline_code ?? error.code), error);
  }
  // 409: another call with the same key is still running.
  const isNo = error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode !== 409;
  if (isNo) return refused('OTHER', error);
  // Keys that do not fit or are not allowed are our mistake, not the payer's: the job tries again until that is mended.
  if (error instanceof Stripe.errors.StripeError)
    return new ProviderSilent(`Stripe: ${error.message}`, { cause: error });
  return error;
};

const refused = (code: ProviderRefused['code'], error: InstanceType<typeof Stripe.errors.StripeError>) =>
  Object.assign(new ProviderRefused(code, `Stripe: ${error.message}`), { cause: error });

const causeOf = (error: unknown): { code?: string | undefined; statusCode?: number | undefined } => {
  const cause = error instanceof ProviderRefused ? error.cause : undefined;
  return cause instanceof Stripe.errors.StripeError ? { code: cause.code, statusCode: cause.statusCode } : {};
};

/** True when Stripe knows no such thing. */
export const isMissing = (error: unknown): boolean => causeOf(error).statusCode === 404;

/** True when a payment intent could not be cancelled because it is over. */
export const isOverAlready = (error: unknown): boolean => causeOf(error).code === 'payment_intent_unexpected_state';
