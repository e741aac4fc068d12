import { exponentOf } from './iso-4217.rules.ts';

/**
 * How Stripe counts (docs.stripe.com/currencies: zero-decimal, three-decimal, special cases). It is our count of minor
 * units but where said here; a wrong one charges ten or a hundred times too much.
 */

/** Counted in whole units. MGA has a minor unit, worth a fifth, which Stripe does not take. */
const ZERO_DECIMAL: ReadonlySet<string> = new Set(
  'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '),
);
/** Have no minor unit any more, and are still counted in hundredths that must be 00. */
const HUNDREDTHS_OF_NOTHING: ReadonlySet<string> = new Set(['ISK', 'UGX']);
/** Counted in thousandths whose last digit must be 0. */
const TENS_ONLY: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);
/** May be charged in hundredths, but paid out in whole units only. */
const WHOLE_PAYOUTS: ReadonlySet<string> = new Set(['HUF', 'TWD']);

/** What moves: money from a payer and back, or money to a bank account. */
export type StripeFlow = 'charge' | 'payout';

const exponentAtStripe = (currency: string): number => {
  if (ZERO_DECIMAL.has(currency)) return 0;
  if (TENS_ONLY.has(currency)) return 3;
  return 2;
};

const stepOf = (currency: string, flow: StripeFlow): bigint => {
  if (HUNDREDTHS_OF_NOTHING.has(currency)) return 100n;
  if (TENS_ONLY.has(currency)) return 10n;
  return flow === 'payout' && WHOLE_PAYOUTS.has(currency) ? 100n : 1n;
};

/** An amount scaled by a power of ten; null when something would be lost. */
const scaled = (amount: bigint, from: number, to: number): bigint | null => {
  if (to >= from) return amount * 10n ** BigInt(to - from);
  const divisor = 10n ** BigInt(from - to);
  return amount % divisor === 0n ? amount / divisor : null;
};

/**
 * Our minor units as Stripe's `amount`.
 * @throws RangeError for an amount that Stripe does not take, such as 5.124 KWD: nothing is rounded here
 */
export const toStripeAmount = (amountMinor: bigint, currency: string, flow: StripeFlow = 'charge'): number => {
  const amount = scaled(amountMinor, exponentOf(currency), exponentAtStripe(currency));
  if (amount === null || amount % stepOf(currency, flow) !== 0n || !Number.isSafeInteger(Number(amount))) {
    throw new RangeError(`Stripe takes no ${flow} of ${amountMinor} ${currency} minor units`);
  }
  return Number(amount);
};

/**
 * Stripe's `amount` in our minor units.
 * @throws RangeError for one that our minor units cannot say, such as 550 hundredths of ISK
 */
export const fromStripeAmount = (amount: number, currency: string): bigint => {
  const amountMinor = scaled(BigInt(amount), exponentAtStripe(currency), exponentOf(currency));
  if (amountMinor === null) throw new RangeError(`${amount} of Stripe's is no whole minor unit of ${currency}`);
  return amountMinor;
};

/** The smallest step of our minor units in which Stripe takes this currency; prices are multiples of it. */
export const stripeStepMinor = (currency: string, flow: StripeFlow = 'charge'): bigint => {
  const ratio = 10n ** BigInt(Math.abs(exponentOf(currency) - exponentAtStripe(currency)));
  const step = stepOf(currency, flow);
  return exponentOf(currency) >= exponentAtStripe(currency) ? step * ratio : atLeastOne(step / ratio);
};

const atLeastOne = (amount: bigint): bigint => (amount > 1n ? amount : 1n);

/**
 * What Stripe charges at least, in our minor units, where it says so (docs.stripe.com/currencies, minimum amounts). It counts in
 * the currency in which an account is paid out, so that of others nobody but Stripe knows. Refunds have no least amount.
 */
const LEAST: ReadonlyMap<string, bigint> = new Map([
  ...'AUD BRL CAD CHF EUR INR NZD SGD USD'.split(' ').map((currency) => [currency, 50n] as const),
  ['GBP', 30n],
  ['JPY', 50n],
  ...['AED', 'MYR', 'PLN', 'RON'].map((currency) => [currency, 200n] as const),
  ['DKK', 250n],
  ...['NOK', 'SEK'].map((currency) => [currency, 300n] as const),
  ['HKD', 400n],
  ...['MXN', 'THB'].map((currency) => [currency, 1_000n] as const),
  ['CZK', 1_500n],
  ['HUF', 17_500n],
]);

/** The smallest charge that Stripe takes in a currency, in minor units; 1 where it does not say. */
export const stripeLeastMinor = (currency: string): bigint => LEAST.get(currency) ?? 1n;
