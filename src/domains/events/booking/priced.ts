import { invalidField } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { priceCharges } from '../../payments/api.ts';
import { MAX_PAYMENT_MINOR } from '../../payments/money/contract.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { type Discount, discountOf, NO_DISCOUNT, type Promo } from '../promo-code/promo.ts';
import type { Charged } from './draft.ts';
import { type OrderedLine, pricedLines } from './order.rules.ts';

type Reader = Pick<Transaction, 'commissionConfig' | 'taxRate'>;

/** Prices orders of one event at one moment. Equal orders are priced once: at a sale most are equal. */
export const createPricing = (reader: Reader, stock: Stock) => {
  const known = new Map<string, Promise<Charged>>();
  return (lines: readonly OrderedLine[], promo: Promo | null): Promise<Charged> => {
    const name = `${promo?.id ?? ''} ${lines.map(({ type, quantity }) => `${type.id}*${quantity}`).join(' ')}`;
    const priced = known.get(name) ?? price(reader, stock, lines, promo);
    known.set(name, priced);
    return priced;
  };
};

/** @throws INVALID_INPUT for an order that comes to more than one payment may */
const price = async (
  reader: Reader,
  { event, now }: Stock,
  lines: readonly OrderedLine[],
  promo: Promo | null,
): Promise<Charged> => {
  const asked = lines.reduce((sum, { type, quantity }) => sum + type.priceMinor * BigInt(quantity), 0n);
  if (asked > BigInt(MAX_PAYMENT_MINOR)) throw tooMuch();
  const discount: Discount =
    promo === null ? NO_DISCOUNT(lines) : discountOf(promo, pricedLines(lines), event.currency);
  return priceCharges(reader, {
    hostId: event.hostId,
    eventId: event.id,
    categoryId: event.categoryId,
    currency: event.currency,
    orderDiscountMinor: discount.order,
    lines: lines.map(({ type, quantity }, place) => ({
      ticketTypeId: type.id,
      description: type.name,
      quantity,
      unitPriceMinor: type.priceMinor,
      discountMinor: discount.lines[place] ?? 0n,
      taxRateId: type.taxRateId,
    })),
    now,
  });
};

/** Bounds the price before any discount. `priceCharges` bounds the charge in the end by the same amount. */
const tooMuch = () =>
  invalidField('items', `come to more than one payment may, which is ${MAX_PAYMENT_MINOR} minor units`);
