import { AppError, invalidField } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import { violatedConstraint } from '../../../platform/db/failures.ts';
import { exclusiveClaims } from '../booking/booking.reads.ts';
import { buryDead } from '../booking/expire.steps.ts';
import { closedEvent, closedType, isOffered } from '../booking/order.rules.ts';
import { unpaidClaims } from '../booking/unpaid.reads.ts';
import { NOTHING_UNPAID, refuseWhilePaused } from '../booking/unpaid.rules.ts';
import { canSeeStock } from '../event/policy.ts';
import { findStanding } from '../event/standing.reads.ts';
import { waitlistJoined } from '../facts.ts';
import {
  couldEverHold,
  cutOffOf,
  mostAtOnce,
  publicSeats,
  type Stock,
  type StockedType,
} from '../inventory/stock.rules.ts';
import { lockStock } from '../inventory/stock.writes.ts';
import { join } from './contract.ts';
import { presentEntry } from './present.ts';
import { findEntries } from './waitlist.reads.ts';
import { insertEntry } from './waitlist.writes.ts';

/** Puts somebody at the end of the line, where there is one: who can have seats now books them. */
export const joinWaitlist = () =>
  commit(join, {
    load: async ({ eventId }, { tx, actor }) => {
      const stock = await lockStock(tx, eventId);
      return stock && { stock, standing: await findStanding(tx, eventId, actor) };
    },
    sees: canSeeStock,
    allow: anyone,
    run: async (
      { eventId, ticketTypeId = null, quantity },
      { stock: locked, standing },
      { tx, actor, record, audit },
    ) => {
      const stock = await buryDead({ tx, record, stock: locked });
      const mayHave = (type: StockedType): boolean =>
        isOffered(type, { standing, hasCode: false }) && (ticketTypeId !== null || type.visibility === 'PUBLIC');
      const awaited = awaitedTypes(stock, ticketTypeId, mayHave);
      refuseNeedless(stock, awaited, quantity);
      await refuseSecondClaim(tx, actor.userId, awaited);
      await refusePaused(tx, actor.userId, stock);
      const entry = { eventId, ticketTypeId, userId: actor.userId, quantity };
      const id = await insertOnce(() => insertEntry(tx, entry));
      const { hostId } = stock.event;
      await record(waitlistJoined, { eventId, hostId, entryId: id, userId: actor.userId, ticketTypeId, quantity });
      audit({ targetType: 'waitlistEntry', targetId: id, after: entry });
      const [row] = await findEntries(tx, { id });
      if (!row) throw new Error(`entry ${id} was made and is gone`);
      return presentEntry(row);
    },
  });

/** @throws INVALID_INPUT, SALE_CLOSED */
const awaitedTypes = (
  stock: Stock,
  ticketTypeId: string | null,
  mayHave: (type: StockedType) => boolean,
): StockedType[] => {
  const isClosed = closedEvent(stock);
  if (isClosed) throw isClosed;
  if (!stock.event.waitlistEnabled) throw new AppError('SALE_CLOSED', 'This event has no waitlist.');
  if (stock.now >= cutOffOf(stock.event))
    throw new AppError('SALE_CLOSED', 'The waitlist is closed: the event begins soon.');
  const types = [...stock.types.values()].filter(mayHave);
  if (ticketTypeId === null) return types.filter((type) => closedType(type, stock.now) === null);
  const type = types.find(({ id }) => id === ticketTypeId);
  if (!type) throw invalidField('ticketTypeId', 'is no ticket type of this event');
  const isOff = closedType(type, stock.now);
  if (isOff) throw isOff;
  return [type];
};

/** @throws CONFLICT when the seats can be booked, INVALID_INPUT when they never can */
const refuseNeedless = (stock: Stock, types: readonly StockedType[], quantity: number): void => {
  if (types.some((type) => publicSeats(stock, type) >= quantity)) {
    throw new AppError('CONFLICT', 'There are seats: book them.');
  }
  if (types.some((type) => couldEverHold(stock, type, quantity))) return;
  const most = Math.max(0, ...types.map((type) => mostAtOnce(stock, type)));
  const least = Math.min(...types.map(({ minPerOrder }) => minPerOrder));
  if (quantity > most) throw invalidField('quantity', `may be ${most} at most here`);
  const isSmall = quantity < least;
  throw invalidField('quantity', isSmall ? `must be at least ${least} here` : 'is an order of no ticket type here');
};

const refuseSecondClaim = async (tx: Transaction, userId: string, types: readonly StockedType[]): Promise<void> => {
  if (types.length !== 1) return;
  const onceEach = types.filter(({ oneActivePerUser }) => oneActivePerUser).map(({ id }) => id);
  const taken = await exclusiveClaims(tx, [userId], onceEach);
  if (taken.size > 0) throw new AppError('ALREADY_BOOKED', 'You have this ticket already; it is sold once a person.');
};

/** @throws RATE_LIMITED: an offer holds seats unpaid as a booking does, and longer */
const refusePaused = async (tx: Transaction, userId: string, { types, now }: Stock): Promise<void> => {
  const unpaid = await unpaidClaims(tx, [userId], [...types.keys()]);
  refuseWhilePaused(unpaid.get(userId) ?? NOTHING_UNPAID, now);
};

const insertOnce = async (insert: () => Promise<string>): Promise<string> => {
  try {
    return await insert();
  } catch (error) {
    if (violatedConstraint(error) === null) throw error;
    throw new AppError('CONFLICT', 'You wait for these seats already.');
  }
};
