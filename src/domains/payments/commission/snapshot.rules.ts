import { wireMinor } from '../money/wire.rules.ts';
import type { TaxRate } from '../tax-rate/rate.rules.ts';
import type { ChargedLine, Charges } from './charges.rules.ts';
import type { CommissionTarget } from './commission.reads.ts';
import type { CommissionRule } from './rule.rules.ts';

interface Basis {
  target: CommissionTarget;
  commission: CommissionRule | null;
  taxRates: ReadonlyMap<string, TaxRate>;
  now: Date;
}

/**
 * What an order was charged and by which rules, as JSON, to be kept with the booking and the payment: later rules never
 * reach back. Amounts are minor units.
 */
export const snapshotOf = (charges: Charges, { target, commission, taxRates, now }: Basis) => ({
  hostId: target.hostId,
  eventId: target.eventId,
  currency: target.currency,
  pricedAt: now.toISOString(),
  subtotalMinor: wireMinor(charges.subtotalMinor),
  discountMinor: wireMinor(charges.discountMinor),
  taxMinor: wireMinor(charges.taxMinor),
  feeMinor: wireMinor(charges.feeMinor),
  totalMinor: wireMinor(charges.totalMinor),
  commissionMinor: wireMinor(charges.commissionMinor),
  commission: commission && ruleOf(commission),
  lines: charges.lines.map((line) => lineOf(line, taxRates)),
});

export type ChargesSnapshot = ReturnType<typeof snapshotOf>;

const ruleOf = ({ fixedMinor, minMinor, maxMinor, ...rule }: CommissionRule) => ({
  ...rule,
  fixedMinor: wireMinor(fixedMinor),
  minMinor: wireMinor(minMinor),
  maxMinor: maxMinor === null ? null : wireMinor(maxMinor),
});

const lineOf = (line: ChargedLine, taxRates: ReadonlyMap<string, TaxRate>) => {
  const rate = line.taxRateId === null ? undefined : taxRates.get(line.taxRateId);
  return {
    ticketTypeId: line.ticketTypeId,
    description: line.description ?? null,
    quantity: line.quantity,
    unitPriceMinor: wireMinor(line.unitPriceMinor),
    discountMinor: wireMinor(line.discountMinor),
    netMinor: wireMinor(line.netMinor),
    taxMinor: wireMinor(line.taxMinor),
    feeMinor: wireMinor(line.feeMinor),
    commissionMinor: wireMinor(line.commissionMinor),
    totalMinor: wireMinor(line.totalMinor),
    tax: rate
      ? { id: rate.id, name: rate.name, rateBasisPoints: rate.rateBasisPoints, isInclusive: rate.isInclusive }
      : null,
  };
};
