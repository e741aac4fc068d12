import type { Transaction } from '../../platform/db/client.ts';
import { type ByHand, isByHand as byHand } from './capture/by-hand.rules.ts';
import { type PricedOrder, type PriceRequest, priceOrder } from './commission/price-charges.ts';
import { formatDecimal as format } from './money/decimal.rules.ts';
import { splitByWeights as split } from './money/split.rules.ts';
import {
  toStep as roundToStep,
  percentInSteps as shareInSteps,
  splitInSteps as splitSteps,
  chargeStep as stepOf,
} from './money/step.rules.ts';
import { wireMoney as toWire } from './money/wire.rules.ts';
import { findPayment, isAllGone as isGone, type PaymentReader } from './payment/payment.reads.ts';
import { type PaymentView, presentPayment } from './payment/present.ts';
import { returnUrlOf as checkedReturnUrl } from './payment/return-url.rules.ts';
import {
  type RefundablePayment as Refundable,
  refundablePayments as refundablePaymentsOf,
  type Takings,
  takenByEvent as takenByEventOf,
  takingsByDay as takingsByDayOf,
  takingsOf as takingsOfEvent,
} from './payment/takings.reads.ts';
import { refundsOwedByHand as owedByHand } from './refund/by-hand.reads.ts';
import { refundable as refundableOf, takenByBank as takenBy, type Wish } from './refund/owed.reads.ts';
import type { RefundView } from './refund/present.ts';
import type { TaxRate } from './tax-rate/rate.rules.ts';
import { withTax as addTax } from './tax-rate/shown.rules.ts';
import { ratesInForce } from './tax-rate/tax-rate.reads.ts';

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

/** The smallest step of minor units in which a payment of this currency is taken and sent back; prices are multiples of it. */
export const chargeStep = (currency: string): bigint => stepOf(currency);

/** The amount, rounded down to a step of its currency. */
export const toStep = (amountMinor: bigint, currency: string): bigint => roundToStep(amountMinor, currency);

/** As `splitByWeights`, in steps of the currency: each part can be paid back alone. */
export const splitInSteps = (amountMinor: bigint, weights: readonly bigint[], currency: string): bigint[] =>
  splitSteps(amountMinor, weights, currency);

/**
 * A share of an amount in hundredths of a percent, rounded once, half up, to a step of the currency.
 * @throws RangeError for negative numbers
 */
export const percentInSteps = (amountMinor: bigint, basisPoints: number, currency: string): bigint =>
  shareInSteps(amountMinor, basisPoints, currency);

/** An amount in minor units as it goes over the wire. */
export const wireMoney = (amountMinor: bigint, currency: string): { amountMinor: number; currency: string } =>
  toWire(amountMinor, currency);

/** What a booking was charged and by which rules, as JSON to be kept with it. */
export type ChargesSnapshot = PricedOrder['snapshot'];

/**
 * What an order costs by the commission rule (EVENT, HOST, CATEGORY, GLOBAL: the first that is in force) and the tax rates
 * of its lines at `now`. Amounts are minor units; total = subtotal − discount + tax + fee. `snapshot` is JSON for the
 * booking and its payment, from which refunds, books and invoices are made later.
 * @throws RangeError for negative prices or discounts, and quantities below one
 * @throws AppError INVALID_INPUT naming `items` for an order that costs more than one payment takes
 */
export const priceCharges = (reader: Reader, order: PriceRequest): Promise<PricedOrder> => priceOrder(reader, order);

/** A tax on tickets: its name, hundredths of a percent, and whether prices contain it. */
export type Tax = TaxRate;

/** Tax rates at a moment by the id under which they were chosen: a successor stands in for one that ended. Absent: none is in force. */
export const taxesInForce = (
  reader: Pick<Reader, 'taxRate'>,
  taxRateIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, Tax>> => ratesInForce(reader, taxRateIds, at);

/** A price with its tax, as one ticket is charged without discount and fee: the same where the tax is contained; minor units. */
export const priceWithTax = (rate: Tax | null, priceMinor: bigint, currency: string): bigint =>
  addTax(rate, priceMinor, currency);

/** Whether nothing of what a payment took is left: it went back, is on its way, or its payer's bank has asked for it. */
export const isAllGone = (reader: PaymentReader, paymentId: string): Promise<boolean> => isGone(reader, paymentId);

/** What of each wish a refund by rule would send now, one after the other; minor units, in the order of the wishes. */
export const refundable = (
  reader: Pick<Transaction, 'payment' | 'refund' | 'eventParticipant'>,
  paymentId: string,
  wishes: readonly Wish[],
): Promise<bigint[]> => refundableOf(reader, paymentId, wishes);

/**
 * Whether the payer's bank wants back all that is left of a payment (DISPUTED), or has taken it (LOST). NOTHING when
 * something is left.
 */
export const takenByBank = (
  reader: Pick<Transaction, 'payment' | 'dispute'>,
  paymentId: string,
): Promise<'NOTHING' | 'DISPUTED' | 'LOST'> => takenBy(reader, paymentId);

/** An amount in decimals with all places of its currency and a point, without the code: 1250 EUR is "12.50". */
export const formatDecimal = (amountMinor: bigint, currency: string): string => format(amountMinor, currency);

/** Whether a method of payment goes to the host by hand, past the platform. */
export const isByHand = (method: PaymentView['method']): method is ByHand => byHand(method);

/** A payment that a host took by hand; null when there is no such one, or it was paid online. */
export const paymentByHand = async (reader: PaymentReader, paymentId: string): Promise<PaymentView | null> => {
  const payment = await findPayment(reader, paymentId);
  return payment?.provider === 'MANUAL' ? presentPayment(payment) : null;
};

/** Refunds of an event's bookings that its host has to pay back by hand and has not said to have, the earliest first. */
export const refundsOwedByHand = (
  reader: Pick<Transaction, 'refund'>,
  page: { eventId: string; after: string | undefined; limit: number },
): Promise<RefundView[]> => owedByHand(reader, page);

/** See `payment/return-url.rules.ts`: the address to which a payer is sent back. @throws INVALID_INPUT naming `returnTo` */
export const returnUrlOf = checkedReturnUrl;

/** See `payment/takings.reads.ts`: what came in for an event and where it went. */
export const takingsOf = (
  reader: Pick<Transaction, '$queryRaw'>,
  event: { eventId: string; currency: string },
): Promise<Takings> => takingsOfEvent(reader, event);

/** See `payment/takings.reads.ts`: what was paid for an event, by day. */
export const takingsByDay = takingsByDayOf;

/** See `payment/takings.reads.ts`: what was paid for events and has not gone back. */
export const takenByEvent = takenByEventOf;

/** The payment of a booking, and the part of it that can still be sent back, in minor units. */
export type RefundablePayment = Refundable;

/** See `payment/takings.reads.ts`: the payments of bookings that took money. */
export const refundablePayments = refundablePaymentsOf;
