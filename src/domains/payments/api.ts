import type { Transaction } from '../../platform/db/client.ts';
import { type PricedOrder, type PriceRequest, priceOrder } from './commission/price-charges.ts';
import { formatDecimal as format } from './money/decimal.ts';
import { splitByWeights as split } from './money/split.ts';
import { wireMoney as toWire } from './money/wire.ts';
import { type Captured, findCaptured, isAllGoingBack, type PaymentReader } from './payment/payment.reads.ts';

/** What others may ask without changing anything. What they may have changed is in `api.writes.ts`. */

/** What is asked: the database, or the transaction of the caller's own change. */
type Reader = Pick<Transaction, 'commissionConfig' | 'taxRate'>;

/**
 * Splits an amount by largest remainder: the parts sum back exactly, each within one minor unit of its share; of equal
 * remainders the earlier part gets the unit.
 * @throws RangeError when there are no weights, or one is negative
 */
export const splitByWeights = (amountMinor: bigint, weights: readonly bigint[]): bigint[] =>
  split(amountMinor, weights);

/**
 * An amount in minor units as it goes over the wire.
 * @throws AppError INTERNAL for an amount beyond what a JSON number carries exactly
 */
export const wireMoney = (amountMinor: bigint, currency: string): { amountMinor: number; currency: string } =>
  toWire(amountMinor, currency);

/** What a booking was charged and by which rules, as JSON to be kept with it. */
export type ChargesSnapshot = PricedOrder['snapshot'];

/**
 * What an order costs by the commission rule (EVENT, HOST, CATEGORY, GLOBAL: the first that is in force) and the tax rates
 * of its lines at `now`. Amounts are minor units; total = subtotal − discount + tax + fee. `snapshot` is JSON for the
 * booking and its payment, from which refunds, books and invoices are made later.
 * @throws RangeError for negative prices or discounts, and quantities below one
 */
export const priceCharges = (reader: Reader, order: PriceRequest): Promise<PricedOrder> => priceOrder(reader, order);

/** What was taken for a booking and what of it goes back or went back; null when nothing was taken. */
export const capturedPayment = (reader: PaymentReader, bookingId: string): Promise<Captured | null> =>
  findCaptured(reader, bookingId);

/** Whether all that a payment took went back, or is on its way. */
export const isGoingBack = (reader: PaymentReader, paymentId: string): Promise<boolean> =>
  isAllGoingBack(reader, paymentId);

/** An amount in decimals with all places of its currency and a point, without the code: 1250 EUR is "12.50". */
export const formatDecimal = (amountMinor: bigint, currency: string): string => format(amountMinor, currency);
