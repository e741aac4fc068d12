import type { Transaction } from '../../../platform/db/client.ts';
import { priceCharges } from '../../payments/api.ts';
import type { Stock } from '../inventory/stock.ts';
import { type Discount, discountOf, NO_DISCOUNT, type Promo } from '../promo-code/promo.ts';
import type { Charged } from './draft.ts';
import { type OrderedLine, pricedLines } from './order.ts';

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

const price = (
  reader: Reader,
  { event, now }: Stock,
  lines: readonly OrderedLine[],
  promo: Promo | null,
): Promise<Charged> => {
  const discount: Discount = promo === null ? NO_DISCOUNT(lines) : discountOf(promo, pricedLines(lines));
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
