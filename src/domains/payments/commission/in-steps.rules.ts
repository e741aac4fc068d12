import { type ChargedLine, type Charges, chargesFor, type Order, type Rules } from './charges.rules.ts';
import type { CommissionRule } from './rule.rules.ts';

/**
 * Prices an order in steps of its currency, so that its total, and every part of it, can be charged and paid back. Amounts
 * that are off the step, of discounts and of the rule, are rounded down to it. Prices that are no multiples of it are priced as they are.
 * @param step minor units
 */
export const chargesInSteps = (order: Order, rules: Rules, step: bigint): Charges => {
  if (step === 1n || order.lines.some(({ unitPriceMinor }) => unitPriceMinor % step !== 0n)) {
    return chargesFor(order, rules);
  }
  const lines = order.lines.map((line) => ({
    ...line,
    unitPriceMinor: line.unitPriceMinor / step,
    discountMinor: line.discountMinor / step,
  }));
  const orderDiscountMinor = (order.orderDiscountMinor ?? 0n) / step;
  const charges = chargesFor(
    { lines, orderDiscountMinor },
    { ...rules, commission: ruleInSteps(rules.commission, step) },
  );
  return inMinorUnits(charges, step);
};

const ruleInSteps = (rule: CommissionRule | null, step: bigint): CommissionRule | null =>
  rule && {
    ...rule,
    fixedMinor: rule.fixedMinor / step,
    minMinor: rule.minMinor / step,
    maxMinor: rule.maxMinor === null ? null : rule.maxMinor / step,
  };

const inMinorUnits = (charges: Charges, step: bigint): Charges => ({
  subtotalMinor: charges.subtotalMinor * step,
  discountMinor: charges.discountMinor * step,
  taxMinor: charges.taxMinor * step,
  feeMinor: charges.feeMinor * step,
  totalMinor: charges.totalMinor * step,
  commissionMinor: charges.commissionMinor * step,
  lines: charges.lines.map(
    (line): ChargedLine => ({
      ...line,
      unitPriceMinor: line.unitPriceMinor * step,
      discountMinor: line.discountMinor * step,
      subtotalMinor: line.subtotalMinor * step,
      netMinor: line.netMinor * step,
      taxMinor: line.taxMinor * step,
      feeMinor: line.feeMinor * step,
      commissionMinor: line.commissionMinor * step,
      totalMinor: line.totalMinor * step,
    }),
  ),
});
