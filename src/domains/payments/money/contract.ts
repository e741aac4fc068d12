import { z } from 'zod';

/** Largest amount that JSON carries exactly. */
const MAX_MINOR = Number.MAX_SAFE_INTEGER;

/** ISO 4217 code in upper case. Which ones are in use, and their exponents, the table `currencies` says. */
export const CurrencyCode = z.string().regex(/^[A-Z]{3}$/, 'is an ISO 4217 code, three capital letters');

/** An amount in minor units: 10^exponent of them make one. */
export const AmountMinor = z.int().min(-MAX_MINOR).max(MAX_MINOR);

/** An amount of money on the wire. */
export const Money = z.object({ amountMinor: AmountMinor, currency: CurrencyCode });
