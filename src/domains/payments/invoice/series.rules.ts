import type { InvoiceKind } from '../../../generated/prisma/enums.ts';

const PREFIXES: Readonly<Record<InvoiceKind, string>> = {
  TICKETS: 'INV',
  SUBSCRIPTION: 'INV',
  FEE: 'INV',
  COMMISSION: 'INV',
  CREDIT_NOTE: 'CRN',
};

/** A series is a seller's year, UTC; credit notes have their own. Within it numbers have no gaps. */
export const seriesOf = (kind: InvoiceKind, issuerId: string | null, issuedAt: Date): string =>
  `${PREFIXES[kind]}-${issuedAt.getUTCFullYear()}-${issuerId ?? 'platform'}`;

/** What people call an invoice: `INV-2026-000042`. The seller's name stands beside it. */
export const displayNumber = (series: string, number: number): string => {
  const [prefix, year] = series.split('-');
  return `${prefix}-${year}-${String(number).padStart(6, '0')}`;
};
