import type { z } from 'zod';
import { invalidField } from '../../../../kernel/errors.ts';
import { chargeStep } from '../../../payments/api.ts';
import { MAX_TICKETS } from '../../shapes/booking/contract.ts';
import type { Price } from './contract.ts';

type PriceInput = z.output<typeof Price>;

/**
 * A price in minor units of the event’s currency.
 * @param path the field’s place in the input
 * @throws INVALID_INPUT for another currency, and for what no provider takes, such as 5.005 KWD
 */
export const priceMinor = (price: PriceInput, currency: string, path: string): bigint => {
  if (typeof price !== 'number' && price.currency !== currency) {
    throw invalidField(`${path}.currency`, `must be ${currency}, the currency of the event`);
  }
  const minor = BigInt(typeof price === 'number' ? price : price.amountMinor);
  const step = chargeStep(currency);
  if (minor % step !== 0n) throw invalidField(path, `must be a multiple of ${step} minor units of ${currency}`);
  return minor;
};

export interface TicketTypeRules {
  minPerOrder: number;
  maxPerOrder: number;
  salesStartAt: Date | null;
  salesEndAt: Date | null;
  validFrom: Date | null;
  validUntil: Date | null;
}

interface OrderSize {
  minPerOrder: number;
  /** Null is unlimited. */
  capacity: number | null;
  /** Of the event, over all types. */
  eventCapacity: number | null;
  /** Seats of the type that are held or sold: a capacity below them closes the type. */
  claimed?: number;
}

/**
 * Refuses a kind of ticket that nobody could ever buy: fewer than are sold together are all there are.
 * @throws INVALID_INPUT naming the field
 */
export const checkOrderSize = (size: OrderSize, prefix = ''): void => {
  const { minPerOrder, capacity, eventCapacity, claimed = 0 } = size;
  const refuse = (reason: string) => invalidField(`${prefix}minPerOrder`, reason);
  if (minPerOrder > MAX_TICKETS) throw refuse(`may be ${MAX_TICKETS} at most: a booking has no more tickets`);
  // A capacity of 0, or below what is claimed, closes the sale on purpose.
  const isTooFew = (seats: number | null): boolean => seats !== null && seats > claimed && seats < minPerOrder;
  if (isTooFew(capacity)) throw refuse(`is more than the capacity (${capacity})`);
  if (isTooFew(eventCapacity)) throw refuse(`is more than the event has seats (${eventCapacity})`);
};

const isBefore = (one: Date | null, other: Date | null): boolean =>
  one === null || other === null || one.getTime() < other.getTime();

/**
 * Rules between the fields of one ticket type.
 * @param prefix stands before each field’s name, `ticketTypes.0.`
 * @throws INVALID_INPUT naming the field
 */
export const checkTicketType = (rules: TicketTypeRules, prefix = ''): void => {
  if (rules.maxPerOrder < rules.minPerOrder) {
    throw invalidField(`${prefix}maxPerOrder`, `must be at least minPerOrder (${rules.minPerOrder})`);
  }
  if (!isBefore(rules.salesStartAt, rules.salesEndAt)) {
    throw invalidField(`${prefix}salesEndAt`, 'must be later than salesStartAt');
  }
  if (!isBefore(rules.validFrom, rules.validUntil)) {
    throw invalidField(`${prefix}validUntil`, 'must be later than validFrom');
  }
};
