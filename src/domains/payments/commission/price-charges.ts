import { invalidField } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { MAX_PAYMENT_MINOR } from '../money/contract.ts';
import { chargeStep } from '../money/step.rules.ts';
import { ratesInForce } from '../tax-rate/tax-rate.reads.ts';
import type { Charges, Order } from './charges.rules.ts';
import { type CommissionTarget, rulesInForce } from './commission.reads.ts';
import { chargesInSteps } from './in-steps.rules.ts';
import { mostParticular } from './rule.rules.ts';
import { type ChargesSnapshot, snapshotOf } from './snapshot.rules.ts';

type Reader = Pick<Transaction, 'commissionConfig' | 'taxRate'>;

export interface PriceRequest extends CommissionTarget, Order {
  now: Date;
}

export interface PricedOrder extends Charges {
  /** JSON that says how the amounts came about. */
  snapshot: ChargesSnapshot;
}

/**
 * Prices an order by the commission rule and the tax rates that are in force.
 * @throws INVALID_INPUT for an order that costs more than one payment takes
 */
export const priceOrder = async (
  reader: Reader,
  { lines, orderDiscountMinor, now, ...target }: PriceRequest,
): Promise<PricedOrder> => {
  const commission = mostParticular(await rulesInForce(reader, target, now));
  const taxRateIds = new Set(lines.flatMap(({ taxRateId }) => taxRateId ?? []));
  const taxRates = await ratesInForce(reader, [...taxRateIds], now);
  const order: Order = orderDiscountMinor === undefined ? { lines } : { lines, orderDiscountMinor };
  const charges = chargesInSteps(order, { commission, taxRates }, chargeStep(target.currency));
  if (charges.totalMinor > BigInt(MAX_PAYMENT_MINOR)) {
    throw invalidField('items', `cost more together than one payment takes: ${MAX_PAYMENT_MINOR} minor units`);
  }
  return { ...charges, snapshot: snapshotOf(charges, { target, commission, taxRates, now }) };
};
