import { AppError, invalidField } from '../../../kernel/errors.ts';
import { canSell, type Standing } from '../event/policy.ts';
import type { Stock, StockedType } from '../inventory/stock.rules.ts';
import type { PricedLine } from '../promo-code/promo.ts';

/** What somebody wants. */
export interface Order {
  items: readonly { ticketTypeId: string; quantity: number }[];
}

/** Who asks, as far as it matters to what they may order. */
export interface Orderer {
  standing: Pick<Standing, 'role'>;
  /** Gave a code that is valid here. */
  hasCode: boolean;
}

/** A line of an order with what it is a line of. */
export interface OrderedLine {
  type: StockedType;
  quantity: number;
}

/** The lines as codes look at them. */
export const pricedLines = (lines: readonly OrderedLine[]): PricedLine[] =>
  lines.map(({ type, quantity }) => ({ quantity, unitPriceMinor: type.priceMinor }));

const closed = (reason: string): AppError => new AppError('SALE_CLOSED', reason);

/** Why nothing can be booked at the event at all; null when something can. */
export const closedEvent = ({ event, now }: Pick<Stock, 'event' | 'now'>): AppError | null => {
  const { status, registrationOpensAt, registrationClosesAt, endDate, archivedAt } = event;
  if (status === 'CANCELLED') return closed('The event was cancelled.');
  if (status === 'POSTPONED') return closed('The event was postponed; it is on sale again when it has a new date.');
  if (status === 'COMPLETED' || archivedAt !== null || endDate <= now) return closed('The event is over.');
  if (status !== 'PUBLISHED' && status !== 'ONGOING') return closed('The event is not published.');
  if (registrationOpensAt !== null && registrationOpensAt > now) {
    return closed(`Registration opens at ${registrationOpensAt.toISOString()}.`);
  }
  if (registrationClosesAt !== null && registrationClosesAt <= now) return closed('Registration is closed.');
  return null;
};

/** Why a type is not on sale; null when it is. */
export const closedType = ({ name, status, salesStartAt, salesEndAt }: StockedType, now: Date): AppError | null => {
  if (status !== 'ON_SALE') return closed(`${name} is not on sale.`);
  if (salesStartAt !== null && salesStartAt > now)
    return closed(`${name} is on sale from ${salesStartAt.toISOString()}.`);
  if (salesEndAt !== null && salesEndAt <= now) return closed(`${name} is not on sale any more.`);
  return null;
};

/** Types that are hidden are unknown to who may not see them. */
export const isOffered = ({ visibility, status }: StockedType, { standing, hasCode }: Orderer): boolean => {
  if (canSell(standing)) return true;
  if (status === 'DRAFT' || visibility === 'HOST_ONLY') return false;
  return visibility === 'PUBLIC' || hasCode;
};

/**
 * The lines of an order, if all of them may be bought now by whom asks; seats are not looked at.
 * @throws INVALID_INPUT for unknown types and wrong quantities, SALE_CLOSED
 */
export const linesOf = (stock: Stock, { items }: Order, orderer: Orderer): OrderedLine[] => {
  const isClosed = closedEvent(stock);
  if (isClosed) throw isClosed;
  return items.map(({ ticketTypeId, quantity }, place) => {
    const type = stock.types.get(ticketTypeId);
    if (!type || !isOffered(type, orderer)) {
      throw invalidField(`items.${place}.ticketTypeId`, 'is no ticket type of this event');
    }
    const isOff = closedType(type, stock.now);
    if (isOff) throw isOff;
    if (quantity < type.minPerOrder || quantity > type.maxPerOrder) {
      throw invalidField(
        `items.${place}.quantity`,
        `must be ${type.minPerOrder} to ${type.maxPerOrder} for ${type.name}`,
      );
    }
    return { type, quantity };
  });
};

/** Whether the team decides about this order before anything is claimed. */
export const needsApproval = ({ event }: Pick<Stock, 'event'>, lines: readonly OrderedLine[]): boolean =>
  event.approvalMode === 'MANUAL' || lines.some(({ type }) => type.approvalRequired);
