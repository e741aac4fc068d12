import type { BreakKind } from '../../../generated/prisma/enums.ts';
import type { ReportLine } from '../provider/provider.ts';

/** One movement of PSP clearing as our books have it; what came in is positive. */
export interface BookedLine extends ReportLine {
  paymentId: string;
}

export interface Difference {
  kind: BreakKind;
  reference: string;
  paymentId: string | null;
  expectedMinor?: bigint;
  reportedMinor?: bigint;
  currency: string;
}

interface Day {
  /** The provider's report of the day. */
  reported: readonly ReportLine[];
  /** Its reports of the days before and after. */
  neighbours: readonly ReportLine[];
  /** What our books have on the day. */
  booked: readonly BookedLine[];
  /** What our books have, on any day, of what was reported. */
  known: ReadonlyMap<string, BookedLine>;
}

/** Where the two do not say the same: what one side lacks, and amounts and currencies that differ. */
export const differencesOf = ({ reported, neighbours, booked, known }: Day): Difference[] => {
  const theirs = new Set([...reported, ...neighbours].map(({ reference }) => reference));
  const missingThere = booked
    .filter(({ reference }) => !theirs.has(reference))
    .map(({ reference, paymentId, amountMinor, currency }): Difference => {
      return { kind: 'MISSING_THERE', reference, paymentId, expectedMinor: amountMinor, currency };
    });
  return [...reported.flatMap((line) => differenceOf(line, known.get(line.reference)) ?? []), ...missingThere];
};

const differenceOf = (line: ReportLine, ours: BookedLine | undefined): Difference | null => {
  const { reference, amountMinor: reportedMinor, currency } = line;
  if (!ours) return { kind: 'MISSING_HERE', reference, paymentId: null, reportedMinor, currency };
  const both = { reference, paymentId: ours.paymentId, expectedMinor: ours.amountMinor, reportedMinor, currency };
  if (ours.currency !== currency) return { kind: 'CURRENCY_DIFFERS', ...both };
  return ours.amountMinor === reportedMinor ? null : { kind: 'AMOUNT_DIFFERS', ...both };
};
