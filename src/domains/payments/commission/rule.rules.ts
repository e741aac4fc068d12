import type { CommissionScope, FeePayer } from '../../../generated/prisma/enums.ts';
import { percentOf } from '../money/basis-points.rules.ts';

/** What the platform takes, as `commission_configs` has it. */
export interface CommissionRule {
  id: string;
  scope: CommissionScope;
  payer: FeePayer;
  /** Hundredths of a percent of the price after discounts, without tax. */
  rateBasisPoints: number;
  /** Minor units for each ticket of a line that costs anything. */
  fixedMinor: bigint;
  /** Minor units for an order that costs anything. */
  minMinor: bigint;
  /** Minor units for an order; null is without a ceiling. */
  maxMinor: bigint | null;
}

/** From the most particular to the most general. */
const PRECEDENCE: readonly CommissionScope[] = ['EVENT', 'HOST', 'CATEGORY', 'GLOBAL'];

/** The rule that applies, of those that do: the most particular one. */
export const mostParticular = (rules: readonly CommissionRule[]): CommissionRule | null =>
  rules.toSorted((a, b) => PRECEDENCE.indexOf(a.scope) - PRECEDENCE.indexOf(b.scope))[0] ?? null;

/**
 * What the platform takes of an order. What costs nothing pays nothing; when the host pays, never more than the price.
 * @param lines what is left of each line's price after discounts and without tax, in minor units
 */
export const commissionOn = (
  rule: CommissionRule | null,
  lines: readonly { netMinor: bigint; quantity: number }[],
): bigint => {
  const paid = lines.filter(({ netMinor }) => netMinor > 0n);
  if (rule === null || paid.length === 0) return 0n;
  const net = paid.reduce((sum, { netMinor }) => sum + netMinor, 0n);
  const tickets = paid.reduce((sum, { quantity }) => sum + BigInt(quantity), 0n);
  const raw = percentOf(net, rule.rateBasisPoints) + rule.fixedMinor * tickets;
  const raised = raw < rule.minMinor ? rule.minMinor : raw;
  const capped = rule.maxMinor !== null && raised > rule.maxMinor ? rule.maxMinor : raised;
  return rule.payer === 'HOST' && capped > net ? net : capped;
};
