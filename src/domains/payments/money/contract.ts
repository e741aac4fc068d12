import { z } from 'zod';

/** Largest amount that JSON carries exactly. */
const MAX_MINOR = Number.MAX_SAFE_INTEGER;

/** ISO 4217 code in upper case. Which ones are in use, and their exponents, the table `currencies` says. */
export const CurrencyCode = z.string().regex(/^[A-Z]{3}$/, 'is an ISO 4217 code, three capital letters');
/** ISO 3166-1 alpha-2 code in upper case; whether there is such a country nobody looks up. */
export const CountryCode = z.string().regex(/^[A-Z]{2}$/, 'is an ISO 3166 code, two capital letters');

/** An amount in minor units: 10^exponent of them make one. */
export const AmountMinor = z.int().min(-MAX_MINOR).max(MAX_MINOR);

/**
 * Minor units that one payment takes at most, whatever the currency, and so a price, a fee, an order and a top-up. Eight
 * digits are what providers take too, and no sum of such amounts comes near what JSON and PostgreSQL carry exactly.
 */
export const MAX_PAYMENT_MINOR = 99_999_999;

/** An amount that somebody sets or asks for. */
export const ChargeMinor = z
  .int()
  .min(0, 'may not be negative')
  .max(MAX_PAYMENT_MINOR, `is at most ${MAX_PAYMENT_MINOR}, as one payment is`);

/** An amount of money on the wire. */
export const Money = z.object({ amountMinor: AmountMinor, currency: CurrencyCode });
