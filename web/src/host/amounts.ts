/** Minor units that make one of a currency, as a power of ten. */
const exponentOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/**
 * An amount as people type it, "12", "12.50" or "12,50", in minor units; null for what is no amount, or finer than the
 * currency is.
 */
export const minorOf = (typed: string, currency: string): number | null => {
  const [, whole = '', fraction = ''] = /^\s*(\d+)(?:[.,](\d+))?\s*$/.exec(typed) ?? [];
  const exponent = exponentOf(currency);
  if (whole === '' || fraction.length > exponent) return null;
  return Number(whole) * 10 ** exponent + Number(fraction.padEnd(exponent, '0') || '0');
};

/** Minor units as a field shows them: 1250 EUR is "12.50". */
export const typedOf = (minor: number, currency: string): string => {
  const exponent = exponentOf(currency);
  return (minor / 10 ** exponent).toFixed(exponent);
};

/** Currencies to choose from, the reader's own first. */
export const CURRENCIES = ['EUR', 'USD', 'GBP', 'BDT', 'INR', 'CHF', 'JPY'] as const;

const OF_REGION: Readonly<Record<string, (typeof CURRENCIES)[number]>> = {
  ...{ US: 'USD', GB: 'GBP', BD: 'BDT', IN: 'INR', CH: 'CHF', JP: 'JPY' },
};

/** The currency of a reader's region; euros where it is none of the list. @param locale BCP 47 */
export const currencyOf = (locale: string): string =>
  OF_REGION[new Intl.Locale(locale).maximize().region ?? ''] ?? 'EUR';

/** A whole number that was typed; null for an empty field. */
export const countOrNull = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed));
