import { exponentOf } from './iso-4217.rules.ts';

const DECIMAL = /^(-?)(\d{1,18})(?:\.(\d{1,3}))?$/;

/**
 * Minor units of a decimal amount as people write it: "12.50" EUR is 1250, "12" JPY is 12, "1.250" KWD is 1250.
 * @throws RangeError for what is no plain decimal, and for more places than the currency has: nothing is rounded here
 */
export const parseDecimal = (text: string, currency: string): bigint => {
  const exponent = exponentOf(currency);
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === '') throw new RangeError(`"${text}" is no decimal amount`);
  if (fraction.length > exponent)
    throw new RangeError(`"${text}" has more than ${exponent} places, as ${currency} has`);
  const minor = BigInt(whole + fraction.padEnd(exponent, '0'));
  return sign === '' ? minor : -minor;
};

/** The amount in decimals, with all places of its currency and a point: 1250 EUR is "12.50". Without the code. */
export const formatDecimal = (amountMinor: bigint, currency: string): string => {
  const exponent = exponentOf(currency);
  const sign = amountMinor < 0n ? '-' : '';
  const digits = String(amountMinor < 0n ? -amountMinor : amountMinor).padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
};
