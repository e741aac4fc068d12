import type { BookingSource } from '../../../generated/prisma/enums.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { reachableUsers } from '../../identity/api.ts';
import { holdReach, type Reach } from '../../identity/api.writes.ts';
import type { Standing } from '../event/policy.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { opensHidden, type Promo, refuseNothingToPay, usable } from '../promo-code/promo.ts';
import { lockPromos } from '../promo-code/promo.writes.ts';
import { exclusiveClaims } from './booking.reads.ts';
import { type BookingRecord, HOLD_MS } from './booking.rules.ts';
import { draftBooking, type GuestDraft } from './draft.ts';
import { linesOf, needsApproval, type OrderedLine, pricedLines } from './order.rules.ts';
import { createPricing } from './priced.ts';
import { type PolicySnapshot, policyOf } from './refund-policy.ts';
import { createTally, type Tally } from './tally.rules.ts';
import { readUnpaid } from './unpaid.reads.ts';
import { NOTHING_UNPAID, refuseMoreHeld, refuseMoreRequested, refuseWhilePaused, type Unpaid } from './unpaid.rules.ts';

/** An order somebody places. */
export interface PlacedOrder {
  userId: string;
  standing: Pick<Standing, 'role'>;
  items: readonly { ticketTypeId: string; quantity: number }[];
  guests: readonly GuestDraft[];
  promoCode: string | undefined;
}

export interface Placing {
  tx: Transaction;
  record: RecordFact;
  stock: Stock;
  source: BookingSource;
  /** The seats are held for the orderer already, by an offer: nobody decides about them and no seat is looked for. */
  isOffered?: boolean;
}

/** A booking to be written, and the code it uses. */
export interface Placed {
  booking: BookingRecord;
  promo: Promo | null;
  uses: number;
}

/** What all orders of a group are decided from, read once. */
interface Desk {
  placing: Placing;
  tally: Tally;
  price: ReturnType<typeof createPricing>;
  promos: ReadonlyMap<string, Promo>;
  /** Uses by code and by code and person; grows as orders are placed. */
  uses: Map<string, number>;
  /** `userId typeId` of live claims on types that are sold once a person; grows too. */
  exclusive: Set<string>;
  /** Of each person what they have not paid for; grows too. */
  unpaid: Map<string, Unpaid>;
  people: ReadonlySet<string>;
  /** How many strangers each may still name as guests today. */
  reach: Reach;
  policy: PolicySnapshot;
}

/**
 * Decides orders first come, first served, in memory, under the event's lock. Nothing is
 * written but how many strangers were named as guests.
 * @returns for each order what is to be written, or its refusal; and the types that are sold out then
 */
export const placeOrders = async (
  placing: Placing,
  orders: readonly PlacedOrder[],
): Promise<{ placed: (Placed | AppError)[]; soldOut: string[] }> => {
  const desk = await openDesk(placing, orders);
  const placed: (Placed | AppError)[] = [];
  for (const order of orders) placed.push(await placeOrRefuse(desk, order));
  await desk.reach.keep();
  return { placed, soldOut: desk.tally.soldOut() };
};

const openDesk = async (placing: Placing, orders: readonly PlacedOrder[]): Promise<Desk> => {
  const { tx, stock, isOffered = false } = placing;
  const userIds = [...new Set(orders.map(({ userId }) => userId))];
  const codes = [...new Set(orders.flatMap(({ promoCode }) => promoCode ?? []))];
  const onceEach = [...stock.types.values()].filter(({ oneActivePerUser }) => oneActivePerUser).map(({ id }) => id);
  const { promos, uses } = await lockPromos(tx, { event: stock.event, codes, userIds });
  return {
    placing,
    tally: createTally(stock, { forWaitlist: isOffered }),
    price: createPricing(tx, stock),
    promos,
    uses: new Map([
      ...uses,
      ...[...promos.values()].map((promo) => [promo.id, promo.reserved + promo.redeemed] as const),
    ]),
    exclusive: await exclusiveClaims(tx, userIds, onceEach),
    unpaid: await readUnpaid(tx, stock, userIds),
    people: await reachableGuests(tx, orders),
    reach: await holdReach(tx, orders.map(reachingOf)),
    policy: policyOf(stock.event),
  };
};

/** The guests with an account whom their bookers may reach, as `pairOf` names them. */
const reachableGuests = async (tx: Transaction, orders: readonly PlacedOrder[]): Promise<Set<string>> => {
  const people = new Set<string>();
  for (const { userId, others } of orders.map(reachingOf)) {
    if (others.length === 0) continue;
    for (const guestId of await reachableUsers(tx, userId, others)) people.add(pairOf(userId, guestId));
  }
  return people;
};

const pairOf = (userId: string, guestId: string): string => `${userId} ${guestId}`;

const reachingOf = ({ userId, guests }: PlacedOrder) => ({
  userId,
  others: guests.flatMap(({ userId: guestId }) => guestId ?? []),
});

const placeOrRefuse = async (desk: Desk, order: PlacedOrder): Promise<Placed | AppError> => {
  try {
    return await place(desk, order);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
};

/** @throws AppError with the refusal; then nothing of the desk has changed */
const place = async (desk: Desk, order: PlacedOrder): Promise<Placed> => {
  const { placing, tally } = desk;
  const { stock, source, isOffered = false } = placing;
  const { userId, guests } = order;
  const found = order.promoCode === undefined ? undefined : desk.promos.get(order.promoCode);
  const lines = linesOf(stock, order, { standing: order.standing, hasCode: opensHidden(found) });
  refuseUnknownGuests(order, desk.people);
  refuseSecondClaim(desk, userId, lines);
  const { promo, uses } = usablePromo(desk, { order, found, lines });
  refuseTooManyGuests(guests, lines);
  const isRequest = !isOffered && order.standing.role === null && needsApproval(stock, lines);
  const takesSeats = !isRequest && !isOffered;
  const missing = takesSeats ? tally.missing(lines) : null;
  if (missing) throw missing;
  const charged = await desk.price(lines, promo);
  refuseNothingToPay(promo, charged);
  const payable = charged.totalMinor === 0n ? 'CONFIRMED' : 'HELD';
  const status = isRequest ? 'REQUESTED' : payable;
  refuseHoarding(desk, userId, status);
  desk.reach.take(reachingOf(order));
  // From here on nothing refuses the order, so that seats that are taken are used.
  if (takesSeats) tally.take(lines);
  const booking = draftBooking({
    stock,
    userId,
    lines,
    guests,
    charged,
    promo,
    policy: desk.policy,
    source,
    status,
    holdMs: HOLD_MS,
  });
  noteUnpaid(desk, userId, status);
  // A request claims neither seats nor codes: it is counted when it is approved.
  if (isRequest) return { booking, promo: null, uses: 0 };
  note(desk, { userId, lines, promo, uses });
  return { booking, promo, uses };
};

const refuseUnknownGuests = ({ userId: bookerId, guests }: PlacedOrder, people: ReadonlySet<string>): void => {
  const place = guests.findIndex(({ userId }) => userId !== undefined && !people.has(pairOf(bookerId, userId)));
  if (place >= 0) throw invalidField(`guests.${place}.userId`, 'is nobody here');
};

const refuseTooManyGuests = (guests: readonly GuestDraft[], lines: readonly OrderedLine[]): void => {
  const seats = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  if (guests.length > seats) throw invalidField('guests', `are more than the ${seats} tickets of the booking`);
};

const refuseSecondClaim = ({ exclusive }: Desk, userId: string, lines: readonly OrderedLine[]): void => {
  const taken = lines.find(({ type }) => type.oneActivePerUser && exclusive.has(`${userId} ${type.id}`));
  if (taken) throw new AppError('ALREADY_BOOKED', `You have ${taken.type.name} already; it is sold once a person.`);
};

/** @throws CONFLICT, RATE_LIMITED */
const refuseHoarding = ({ unpaid, placing }: Desk, userId: string, status: BookingRecord['status']): void => {
  const own = unpaid.get(userId) ?? NOTHING_UNPAID;
  if (status === 'REQUESTED') refuseMoreRequested(own);
  if (status !== 'HELD') return;
  refuseMoreHeld(own);
  // An offer was waited for, and its seats are held already.
  if (!placing.isOffered) refuseWhilePaused(own, placing.stock.now);
};

const noteUnpaid = ({ unpaid }: Desk, userId: string, status: BookingRecord['status']): void => {
  const { held, requested, ...own } = unpaid.get(userId) ?? NOTHING_UNPAID;
  unpaid.set(userId, {
    ...own,
    held: held + (status === 'HELD' ? 1 : 0),
    requested: requested + (status === 'REQUESTED' ? 1 : 0),
  });
};

interface Wish {
  order: PlacedOrder;
  found: Promo | undefined;
  lines: readonly OrderedLine[];
}

/** @throws PROMO_INVALID, PROMO_EXHAUSTED */
const usablePromo = (desk: Desk, { order, found, lines }: Wish): { promo: Promo | null; uses: number } => {
  if (order.promoCode === undefined) return { promo: null, uses: 0 };
  const { now, event } = desk.placing.stock;
  const used = { inAll: usesBy(desk, found?.id), own: usesBy(desk, `${found?.id} ${order.userId}`) };
  return usable(found, pricedLines(lines), {
    now,
    currency: event.currency,
    isOfTeam: order.standing.role !== null,
    used,
  });
};

const usesBy = ({ uses }: Desk, name = ''): number => uses.get(name) ?? 0;

interface Noted {
  userId: string;
  lines: readonly OrderedLine[];
  promo: Promo | null;
  uses: number;
}

/** So that the next order of the group sees this one. */
const note = ({ exclusive, uses: used }: Desk, { userId, lines, promo, uses }: Noted): void => {
  for (const { type } of lines) if (type.oneActivePerUser) exclusive.add(`${userId} ${type.id}`);
  if (promo === null) return;
  for (const name of [promo.id, `${promo.id} ${userId}`]) used.set(name, (used.get(name) ?? 0) + uses);
};
