import type {
  ApprovalMode,
  EventStatus,
  EventVisibility,
  RefundPolicyKind,
  TicketTypeStatus,
  TicketVisibility,
} from '../../../generated/prisma/enums.ts';

/** A kind of ticket with its inventory row, as it is under the event's lock. */
export interface StockedType {
  id: string;
  name: string;
  status: TicketTypeStatus;
  visibility: TicketVisibility;
  priceMinor: bigint;
  currency: string;
  taxRateId: string | null;
  /** Null is unlimited. */
  capacity: number | null;
  held: number;
  sold: number;
  minPerOrder: number;
  maxPerOrder: number;
  oneActivePerUser: boolean;
  approvalRequired: boolean;
  salesStartAt: Date | null;
  salesEndAt: Date | null;
  sortOrder: number;
  /** Somebody waits for this type, or for any, who could be served. */
  isAwaited: boolean;
}

/** An event with its inventory row. */
export interface StockedEvent {
  id: string;
  hostId: string;
  categoryId: string | null;
  title: string;
  status: EventStatus;
  visibility: EventVisibility;
  hiddenAt: Date | null;
  archivedAt: Date | null;
  startDate: Date;
  endDate: Date;
  approvalMode: ApprovalMode;
  registrationOpensAt: Date | null;
  registrationClosesAt: Date | null;
  waitlistEnabled: boolean;
  currency: string;
  /** Over all types; null is unlimited. */
  capacity: number | null;
  held: number;
  sold: number;
  policy: { name: string; kind: RefundPolicyKind; steps: unknown; feesRefundable: boolean } | null;
  /** A key to sign its tickets with is there. */
  hasKey: boolean;
  /** A hold or an offer has run out and still counts as held. */
  hasDeadHolds: boolean;
}

/** Everything a claim is decided from. */
export interface Stock {
  /** PostgreSQL's time at the start of the transaction: the only one that decides whether a hold is over. */
  now: Date;
  event: StockedEvent;
  /** By id. */
  types: ReadonlyMap<string, StockedType>;
}

/** Selling is left to who waited until this long before the start; then what is left is anybody's. */
const CUT_OFF_MS = 2 * 3_600_000;

/** Until when freed seats are kept for the waitlist. */
export const cutOffOf = ({ startDate }: Pick<StockedEvent, 'startDate'>): Date =>
  new Date(startDate.getTime() - CUT_OFF_MS);

interface Row {
  capacity: number | null;
  held: number;
  sold: number;
}

/** Seats that nobody has claimed; Infinity where there is no limit, 0 where more is claimed than there are. */
export const freeSeats = ({ capacity, held, sold }: Row): number =>
  capacity === null ? Number.POSITIVE_INFINITY : Math.max(0, capacity - held - sold);

/** Seats of a type that can be claimed, by whomever. */
export const claimable = ({ event }: Pick<Stock, 'event'>, type: StockedType): number =>
  Math.min(freeSeats(type), freeSeats(event));

/** Seats of a type in one order at most, were none claimed. */
export const mostAtOnce = ({ event }: Pick<Stock, 'event'>, { maxPerOrder, capacity }: StockedType): number =>
  Math.min(maxPerOrder, capacity ?? maxPerOrder, event.capacity ?? maxPerOrder);

/** Whether so many seats of a type could ever be had in one order; as in `IS_AWAITED`. */
export const couldEverHold = (stock: Pick<Stock, 'event'>, type: StockedType, quantity: number): boolean =>
  quantity >= type.minPerOrder && quantity <= mostAtOnce(stock, type);

/** Seats of a type that the public may claim: none while somebody waits for them (W6). */
export const publicSeats = (stock: Stock, type: StockedType): number =>
  isKeptForWaitlist(stock, type) ? 0 : claimable(stock, type);

/** Seats of a type that the public may buy: none where fewer are left than are sold together. */
export const buyable = (stock: Stock, type: StockedType): number => {
  const seats = publicSeats(stock, type);
  return seats < type.minPerOrder ? 0 : seats;
};

export const isKeptForWaitlist = ({ event, now }: Pick<Stock, 'event' | 'now'>, { isAwaited }: StockedType): boolean =>
  isAwaited && event.waitlistEnabled && now < cutOffOf(event);
