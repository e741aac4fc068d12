import type { InvoiceView } from './present.ts';

/** Gives the title of the document. A credit note above zero takes an earlier one back. */
export const titleOf = (kind: InvoiceView['kind'], { amountMinor }: InvoiceView['total']): string => {
  if (kind !== 'CREDIT_NOTE') return 'INVOICE';
  return amountMinor > 0 ? 'CREDIT NOTE TAKEN BACK' : 'CREDIT NOTE';
};

/** The day there, as 2027-06-01. */
export const dayIn = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(instant));

/** Hundredths of a percent as people write them: `7.5 %`. */
export const percentOf = (basisPoints: number): string => `${basisPoints / 100} %`;
