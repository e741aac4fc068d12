import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import { bookingIdsOf, findBooking } from '../booking/booking.reads.ts';
import { cancelSold, cancelUnsold } from '../booking/end-booking.steps.ts';
import { planFullRefund } from '../booking/quote-refund.ts';
import { eventCancelled } from '../facts.ts';
import { lockStock } from '../inventory/stock.writes.ts';
import { revokeAll } from '../waitlist/revoke-all.steps.ts';

/** Bookings ended in one transaction: so many fit well into the time the event's lock may be kept. */
const BATCH = 25;
const TRANSACTION = { maxWaitMs: 10_000, timeoutMs: 20_000 };
/** A cancelled event has no booking in one of these states. */
export const LIVE = ['REQUESTED', 'HELD', 'AWAITING_PAYMENT', 'CONFIRMED'] as const;

/**
 * Ends everything that was booked at an event that will not take place: every booking is cancelled, all that was paid goes
 * back, offers and waiting end. In batches, each a transaction; a run that dies goes on where it stopped.
 */
export const onEventCancelled = (deps: TransactionDeps): Subscriber =>
  subscribe({
    name: 'events.cancelBookingsOfEvent',
    fact: eventCancelled,
    run: ({ eventId }) => endAllOf(deps, eventId),
  });

/** May be run again at any time: it goes on with what is still live. */
export const endAllOf = async (deps: TransactionDeps, eventId: string): Promise<void> => {
  while (await cancelSome(deps, eventId));
  while (await transact(deps, (transacting) => revokeAll(transacting, eventId, BATCH), TRANSACTION));
};

/** @returns whether there may be more */
const cancelSome = (deps: TransactionDeps, eventId: string): Promise<boolean> =>
  transact(
    deps,
    async ({ tx, record }) => {
      const stock = await lockStock(tx, eventId);
      if (!stock) return false;
      const parts = { tx, record, stock };
      const ending = { reason: 'EVENT_CANCELLED', cancelledById: null } as const;
      const ids = await bookingIdsOf(tx, eventId, { statuses: LIVE, limit: BATCH });
      for (const id of ids) {
        const booking = await findBooking(tx, id);
        if (!booking) continue;
        if (booking.status === 'CONFIRMED')
          await cancelSold(parts, booking, { plan: planFullRefund(booking), ...ending });
        else await cancelUnsold(parts, booking, ending);
      }
      return ids.length === BATCH;
    },
    TRANSACTION,
  );
