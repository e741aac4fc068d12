import { formatDecimal } from '../money/decimal.rules.ts';
import type { About } from './about.reads.ts';
import type { StatementEntry } from './statement.reads.ts';

const HEADER = [
  'booked_at',
  'event_at',
  'kind',
  'source_type',
  'source_id',
  'description',
  'amount',
  'balance',
  'currency',
  'event',
  'booking_reference',
];

/**
 * Lines of a statement as RFC 4180 has them, amounts in decimals.
 * @param opening minor units before the first line of the span
 */
export const statementCsv = (
  entries: readonly StatementEntry[],
  { opening, withHeader, sold }: { opening: bigint; withHeader: boolean; sold: ReadonlyMap<string, About> },
): string => {
  const lines = entries.map((entry) => [
    entry.bookedAt.toISOString(),
    entry.eventAt.toISOString(),
    entry.kind,
    entry.sourceType,
    entry.sourceId,
    entry.description ?? '',
    formatDecimal(entry.amount, entry.currency),
    formatDecimal(opening + entry.running, entry.currency),
    entry.currency,
    sold.get(entry.sourceId)?.eventTitle ?? '',
    sold.get(entry.sourceId)?.bookingReference ?? '',
  ]);
  return (withHeader ? [HEADER, ...lines] : lines).map((line) => `${line.map(field).join(',')}\r\n`).join('');
};

/** A leading =, +, - or @ makes a spreadsheet take text for a formula; amounts are numbers and stay. */
const field = (value: string): string => {
  const isFormula = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value);
  const text = isFormula ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
